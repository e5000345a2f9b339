import type { Db } from '../db/client.ts';

const logDays = 30;
const day = 86_400_000;

/** Forgets what endpoints were sent a month ago, but not of alerts, which keep how they were told; and secrets that sign no more. */
export async function purgeWebhooks(db: Db, now = new Date()): Promise<void> {
	const monthAgo = new Date(now.getTime() - logDays * day);
	await db.delivery.deleteMany({
		where: { channel: 'webhook', alertId: null, status: { not: 'waiting' }, createdAt: { lt: monthAgo } }
	});
	await db.webhookEndpoint.updateMany({
		where: { previousUntil: { lt: now } },
		data: { previousSecret: null, previousUntil: null }
	});
}
