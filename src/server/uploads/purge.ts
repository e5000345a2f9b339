import type { App } from '../app.ts';
import { spendingMoved } from '../budgets/spending-moved.ts';
import { learn, type Spoken } from '../categorising/learn.ts';
import { inTx, type Db } from '../db/client.ts';
import { claimDone } from '../outbox.ts';
import { lockPerson } from '../users/lock.ts';
import { detectRecurring } from '../recurring/detect.ts';
import { leaveHalvesAlone } from '../transfers/find.ts';

// Deleting a row touches every index of the table; this many take about as long as one slice of an import.
const rowsAtOnce = 1000;

/**
 * Removes the transactions of an upload that was cancelled or undone, a slice at a time, lets the other halves of transfers be by
 * themselves, and finds the recurring payments of its account again without them. Of a cancelled one nothing stays; one that was
 * undone still shows what its rows were. Can be cut short and done again. Returns how many rows of other imports had been taken
 * for duplicates of what is gone.
 */
export async function purgeUpload(
	app: Pick<App, 'db' | 'live' | 'models'>,
	uploadId: string,
	jobId: string
): Promise<number> {
	let released = 0;
	const upload = await app.db.upload.findUnique({
		where: { id: uploadId },
		select: { userId: true, accountId: true, status: true }
	});
	if (upload?.accountId && (upload.status === 'cancelled' || upload.status === 'undone')) {
		const { userId, accountId } = upload;
		const merchants = new Set<string>();
		for (;;) {
			const removed = await removeSome(app.db, { userId, uploadId, accountId });
			if (removed.rows.length === 0) break;
			released += removed.released;
			for (const { merchantKey } of removed.rows) merchants.add(merchantKey);
		}
		if (upload.status === 'cancelled') await app.db.uploadRow.deleteMany({ where: { uploadId } });
		await leaveHalvesAlone(app, userId);
		await detectRecurring(app, { userId, accountId, merchantKeys: [...merchants] });
	}
	await inTx(app.db, async (tx) => {
		if ((await claimDone(tx, jobId)) && upload) await spendingMoved(tx, { userIds: [upload.userId] });
	});
	return released;
}

type Removed = { rows: ({ id: string; merchantKey: string } & Spoken)[]; released: number };
type Gone = { userId: string; uploadId: string; accountId: string };

const removeSome = (db: Db, { userId, uploadId, accountId }: Gone): Promise<Removed> =>
	inTx(db, async (tx) => {
		// The person's own call and the promised job may be at it together: taking turns, neither overlooks what is left.
		await tx.account.update({ where: { id: accountId }, data: { revision: { increment: 1 } } });
		await lockPerson(tx, userId);
		const rows = await tx.$queryRaw<Removed['rows']>`
			DELETE FROM "Transaction" WHERE "id" IN (
				SELECT "id" FROM "Transaction" WHERE "uploadId" = ${uploadId} ORDER BY "line" LIMIT ${rowsAtOnce})
			RETURNING "id", "merchantKey", "description", "amount", "source", "categoryId"`;
		await learn(tx, userId, rows, null);
		const { count } = await tx.uploadRow.updateMany({
			where: { duplicateOfId: { in: rows.map(({ id }) => id) } },
			data: { duplicateOfId: null, reason: 'row_original_gone' }
		});
		return { rows, released: count };
	});
