import { setImmediate as breathe } from 'node:timers/promises';
import type { App } from '../app.ts';
import { inTx, type Db } from '../db/client.ts';
import { claimDone } from '../outbox.ts';

// Deleting a row touches every index of the table; this many take about as long as one slice of an import.
const rowsAtOnce = 1000;

/** Removes what is left of an account that was deleted: what may be much a slice at a time, and the rest with the person. */
export async function purgeAccount({ db }: Pick<App, 'db'>, userId: string, jobId: string): Promise<void> {
	// SQLite answers without a pause: others get their turn in between.
	while ((await deleteTransactions(db, userId)) > 0) await breathe();
	while ((await deleteUploadRows(db, userId)) > 0) await breathe();
	await inTx(db, async (tx) => {
		if (await claimDone(tx, jobId)) await tx.user.deleteMany({ where: { id: userId } });
	});
}

const deleteTransactions = (db: Db, userId: string): Promise<number> => db.$executeRaw`
	DELETE FROM "Transaction" WHERE "id" IN (
		SELECT "id" FROM "Transaction" WHERE "userId" = ${userId} LIMIT ${rowsAtOnce})`;

const deleteUploadRows = (db: Db, userId: string): Promise<number> => db.$executeRaw`
	DELETE FROM "UploadRow" WHERE ("uploadId", "line") IN (
		SELECT r."uploadId", r."line" FROM "UploadRow" r JOIN "Upload" u ON u."id" = r."uploadId"
		WHERE u."userId" = ${userId} LIMIT ${rowsAtOnce})`;
