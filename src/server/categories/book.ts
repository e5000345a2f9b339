import { groupOf, type CategoryGroup } from '#lib/categories.ts';
import { CategoryBook } from '#lib/category-book.ts';
import type { MyCategories, OwnCategory } from '#lib/own-categories.ts';
import type { Category, Db, Tx } from '../db/client.ts';
import { DomainError, notFound } from '../errors.ts';
import { lockPerson } from '../users/lock.ts';

/** A person's own category as it is stored. */
export type OwnRow = Category & { name: string; group: CategoryGroup };

/** What a person has made, by name. */
export async function ownCategories(db: Db | Tx, userId: string): Promise<OwnCategory[]> {
	const rows = (await db.category.findMany({ where: { userId } })) as OwnRow[];
	return rows
		.map(({ id, name, group }) => ({ id, name, group }))
		.sort((one, other) => one.name.localeCompare(other.name));
}

/** What a person can use. Nobody else's answers ever come from it. */
export const bookOf = async (db: Db | Tx, userId: string): Promise<CategoryBook> =>
	new CategoryBook(await ownCategories(db, userId));

/** What their pages know of it (#lib/own-categories.ts). */
export async function categoriesOf(db: Db, userId: string): Promise<MyCategories> {
	const [own, hidden] = await Promise.all([
		ownCategories(db, userId),
		db.hiddenCategory.findMany({ where: { userId }, select: { categoryId: true } })
	]);
	return { own, hidden: hidden.map(({ categoryId }) => categoryId) };
}

/** The same for a transaction that stores ids of it: until its end none of them is merged away. */
export async function heldBook(tx: Tx, userId: string): Promise<CategoryBook> {
	await lockPerson(tx, userId);
	return bookOf(tx, userId);
}

/**
 * Makes sure that a category is one that the person can use. With one of their own, whoever calls has the person's row locked
 * (users/lock.ts), so that nobody merges it away meanwhile. Error: INVALID (`unknown_category`), alike for somebody else's.
 */
export async function requireCategory(tx: Tx, userId: string, id: string): Promise<void> {
	if (groupOf(id)) return;
	const own = await tx.category.findFirst({ where: { id, userId }, select: { id: true } });
	if (!own) throw unknownCategory(id);
}

export const unknownCategory = (category: string): DomainError =>
	new DomainError('INVALID', 'unknown_category', { params: { category } });

/** One that the person has made. Error: NOT_FOUND, alike for a built-in one and somebody else's. */
export async function findOwn(tx: Tx, userId: string, id: string): Promise<OwnRow> {
	const row = await tx.category.findFirst({ where: { id, userId } });
	if (!row) throw notFound();
	return row as OwnRow;
}
