/** Promised imports whose effect can be counted; the same as in programs/queue-process.ts. */
import { v7 } from 'uuid';
import { inTx, type Db } from '#server/db/client.ts';
import { claimDone, enqueue } from '#server/outbox.ts';

/** Promises `count` imports, each in a transaction of its own. Returns the ids of the jobs. */
export async function promiseImports(db: Db, count: number): Promise<string[]> {
	const ids: string[] = [];
	for (let n = 0; n < count; n++) {
		ids.push(
			await inTx(db, async (tx) => {
				const uploadId = v7();
				await tx.category.create({ data: { id: uploadId, group: 'import', sort: 0 } });
				return enqueue(tx, 'import-run', { uploadId });
			})
		);
	}
	return ids;
}

/** Adds 1 to the count of an import, unless another attempt has; returns whether it did. */
export const applyImport = (db: Db, id: string, uploadId: string): Promise<boolean> =>
	inTx(db, async (tx) => {
		if (!(await claimDone(tx, id))) return false;
		await tx.category.update({ where: { id: uploadId }, data: { sort: { increment: 1 } } });
		return true;
	});

/** A doorbell that applies the import. */
export const importing =
	(db: Db) =>
	async ({ uploadId }: { uploadId: string }, { id }: { id: string }): Promise<void> => {
		await applyImport(db, id, uploadId);
	};

/** How often each promised import has taken effect: number of times → number of imports. */
export async function effects(db: Db): Promise<Record<number, number>> {
	const groups = await db.category.groupBy({ by: ['sort'], where: { group: 'import' }, _count: true });
	return Object.fromEntries(groups.map(({ sort, _count }) => [sort, _count]));
}

export async function forgetImports(db: Db): Promise<void> {
	await db.outbox.deleteMany();
	await db.category.deleteMany({ where: { group: 'import' } });
}
