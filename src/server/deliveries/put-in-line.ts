import { mailTime } from '#lib/alerts/mail-time.ts';
import type { Tx } from '../db/client.ts';
import { channelsOf } from './channels.ts';
import { promiseDelivery } from './promise.ts';

/**
 * Has the alerts that wait to be mailed to a person go by what they wish now, and by their time zone; without mails they are
 * dropped. Their row is locked.
 */
export async function putInLine(tx: Tx, userId: string, now: Date): Promise<void> {
	const unwritten = { userId, channel: 'email', status: 'waiting', mailId: null } as const;
	const channels = await channelsOf(tx, userId);
	if (!channels.email) {
		await tx.delivery.deleteMany({ where: unwritten });
		return;
	}
	const { timeZone } = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { timeZone: true } });
	for (const { id, createdAt } of await tx.delivery.findMany({ where: unwritten }))
		await promiseDelivery(tx, id, mailTime(createdAt, now, channels, timeZone));
}
