import type { App } from '../app.ts';
import { inTx, type Db } from '../db/client.ts';
import { claimDone } from '../outbox.ts';
import { detectRecurring } from '../recurring/detect.ts';

// Deleting a row touches every index of the table; this many take about as long as one slice of an import.
const rowsAtOnce = 1000;

/**
 * Removes the transactions of an upload that was cancelled or undone, a slice at a time, and finds the recurring payments of
 * its account again without them. Can be cut short and done again.
 */
export async function purgeUpload({ db }: Pick<App, 'db'>, uploadId: string, jobId: string): Promise<void> {
	const upload = await db.upload.findUnique({
		where: { id: uploadId },
		select: { userId: true, accountId: true, status: true }
	});
	if (upload && (upload.status === 'cancelled' || upload.status === 'undone')) {
		const { userId, accountId } = upload;
		if (accountId) {
			const keys = await merchantKeys(db, uploadId);
			while ((await removeSome(db, uploadId)) > 0);
			await detectRecurring(db, { userId, accountId, merchantKeys: keys });
		}
	}
	await inTx(db, (tx) => claimDone(tx, jobId));
}

async function merchantKeys(db: Db, uploadId: string): Promise<string[]> {
	const rows = await db.transaction.findMany({
		where: { uploadId },
		distinct: ['merchantKey'],
		select: { merchantKey: true }
	});
	return rows.map((row) => row.merchantKey);
}

const removeSome = (db: Db, uploadId: string): Promise<number> =>
	inTx(
		db,
		(tx) => tx.$executeRaw`
			DELETE FROM "Transaction" WHERE "id" IN (
				SELECT "id" FROM "Transaction" WHERE "uploadId" = ${uploadId} ORDER BY "line" LIMIT ${rowsAtOnce})`
	);
