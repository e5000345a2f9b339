import type { App } from './app.ts';
import { inTx } from './db/client.ts';
import { claimDone } from './outbox.ts';
import { cancelUpload } from './uploads/end.ts';

const waitingDays = 30;

/** What is done every night: sessions that have run out go, and so do files that nobody has looked at for a month. */
export async function keepHouse(app: App, jobId: string, now = new Date()): Promise<void> {
	await app.db.session.deleteMany({ where: { expiresAt: { lt: now } } });
	const forgotten = await app.db.upload.findMany({
		where: {
			status: { in: ['needs_mapping', 'preview'] },
			createdAt: { lt: new Date(now.getTime() - waitingDays * 86_400_000) }
		},
		select: { id: true, userId: true }
	});
	for (const { id, userId } of forgotten) await cancelUpload(app, userId, id);
	await inTx(app.db, (tx) => claimDone(tx, jobId));
}
