import type { Db, Transfer, Tx } from '../db/client.ts';

/** A query takes 999 values with SQLite, and each id is asked for twice. */
const idsAtOnce = 400;

/** The transfers that some transactions are halves of. */
export async function linksOf(db: Db | Tx, ids: readonly string[]): Promise<Transfer[]> {
	const links: Transfer[] = [];
	for (let from = 0; from < ids.length; from += idsAtOnce) {
		const some = ids.slice(from, from + idsAtOnce);
		links.push(
			...(await db.transfer.findMany({ where: { OR: [{ outId: { in: some } }, { inId: { in: some } }] } }))
		);
	}
	return links;
}

/** What the transfers that transactions are halves of are put into, by the transactions' ids. */
export async function transferCategories(db: Db | Tx, ids: readonly string[]): Promise<Map<string, string>> {
	const links = await linksOf(db, ids);
	return new Map(
		links.flatMap(({ outId, inId, categoryId }) => [
			[outId, categoryId],
			[inId, categoryId]
		])
	);
}
