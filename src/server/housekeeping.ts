import type { App } from './app.ts';
import { purgeBudgets } from './budgets/purge.ts';
import { inTx, type Db } from './db/client.ts';
import { sweepExports } from './downloads/sweep.ts';
import { purgeExpenses } from './expenses/purge.ts';
import { claimDone } from './outbox.ts';
import { purgeReceipts } from './receipts/purge.ts';
import { purgeRuns } from './rules/undo.ts';
import { cancelUpload } from './uploads/end.ts';
import { purgeWebhooks } from './webhooks/purge.ts';

const waitingDays = 30;
const mailDays = 30;
const day = 86_400_000;

/** What is done every night: whatever has run out goes, and so do mails and files that nobody has looked at for a month. */
export async function keepHouse(app: App, jobId: string, now = new Date()): Promise<void> {
	await forgetExpired(app.db, now);
	const forgotten = await app.db.upload.findMany({
		where: {
			status: { in: ['needs_mapping', 'preview'] },
			createdAt: { lt: new Date(now.getTime() - waitingDays * day) }
		},
		select: { id: true, userId: true }
	});
	for (const { id, userId } of forgotten) await cancelUpload(app, userId, id);
	await purgeExpenses(app.db, now);
	await purgeBudgets(app.db, now);
	await purgeReceipts(app, now);
	await purgeWebhooks(app.db, now);
	await sweepExports(app, now);
	await purgeRuns(app.db, now);
	await inTx(app.db, (tx) => claimDone(tx, jobId));
}

async function forgetExpired(db: Db, now: Date): Promise<void> {
	const expired = { where: { expiresAt: { lt: now } } };
	await db.session.deleteMany(expired);
	await db.emailToken.deleteMany(expired);
	await db.registration.deleteMany(expired);
	await db.invite.deleteMany(expired);
	await db.groupInvite.deleteMany(expired);
	await db.challenge.deleteMany(expired);
	await db.rateLimit.deleteMany(expired);
	const old = { createdAt: { lt: new Date(now.getTime() - mailDays * day) } };
	// With the mail goes who could still send it.
	await db.delivery.updateMany({
		where: { status: { in: ['waiting', 'kept'] }, mail: old },
		data: { status: 'failed' }
	});
	await db.mail.deleteMany({ where: old });
}
