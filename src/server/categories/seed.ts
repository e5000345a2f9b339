import { categories } from '#lib/categories.ts';
import { inTx, type Db } from '../db/client.ts';

/** Makes the category table hold the built-in categories, at start. Quick when nothing is new. */
export async function seedCategories(db: Db): Promise<void> {
	const rows = categories.map(({ key, group }, sort) => ({ id: key, group, sort }));
	const stored = new Map((await db.category.findMany()).map((row) => [row.id, row]));
	const changed = rows.filter((row) => {
		const old = stored.get(row.id);
		return !old || old.group !== row.group || old.sort !== row.sort;
	});
	if (changed.length === 0) return;
	await inTx(db, async (tx) => {
		for (const row of changed) await tx.category.upsert({ where: { id: row.id }, create: row, update: row });
	});
}
