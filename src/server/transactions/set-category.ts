import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { requireCategory } from '../categories/book.ts';
import { say, sayable, sayableByIds, type Sayable } from '../categorising/say.ts';
import { inTx, type Prisma } from '../db/client.ts';
import { notFound } from '../errors.ts';

type Deps = Pick<App, 'db' | 'live'>;

export const categoryChoice = z.object({
	id: id,
	categoryId: z.string().max(60),
	/** Also every other transaction of this merchant that no person has categorised, and that is half of no transfer. */
	applyToSimilar: z.boolean().optional()
});

export type Changed = {
	changed: number;
	/** How many more of the same merchant could be. */
	similar: number;
	/** Which were changed. */
	ids: string[];
};

/**
 * Others of the same merchant, and in the same direction (a refund is not what the shop is), that no person has spoken of. A half of a
 * transfer is what both halves tell, not what its merchant is.
 */
export const similarTo = ({ id, merchantKey, amount }: Sayable): Prisma.TransactionWhereInput => ({
	merchantKey,
	id: { not: id },
	amount: amount > 0n ? { gt: 0n } : { lte: 0n },
	source: { not: 'user' },
	...{ transferOut: null, transferIn: null }
});

/** Those of them whose guess is another category, or waits for a look. */
export const couldBe = (row: Sayable, categoryId: string): Prisma.TransactionWhereInput => ({
	...similarTo(row),
	OR: [{ categoryId: { not: categoryId } }, { categoryId: null }, { review: true }]
});

/**
 * Puts a transaction into a category because a person says so, and learns it: the next prediction for the merchant uses it.
 * Errors: NOT_FOUND, INVALID (`unknown_category`).
 */
export const setCategory = (
	{ db, live }: Deps,
	userId: string,
	{ id, categoryId, applyToSimilar = false }: z.output<typeof categoryChoice>
): Promise<Changed> =>
	inTx(db, async (tx) => {
		const [row] = await sayable(tx, userId, { id });
		if (!row) throw notFound();
		await requireCategory(tx, userId, categoryId);
		const others = couldBe(row, categoryId);
		const rows = applyToSimilar ? [row, ...(await sayable(tx, userId, others))] : [row];
		const ids = await say(tx, live, userId, rows, categoryId);
		const similar = applyToSimilar ? 0 : await tx.transaction.count({ where: { userId, ...others } });
		return { changed: ids.length, similar, ids };
	});

export const bulkCategoryChoice = z.object({
	ids: z.array(id).min(1).max(1000),
	categoryId: z.string().max(60)
});

/**
 * The same for many at once; ids that are not the person's are passed over. Returns how many were changed. Error: INVALID
 * (`unknown_category`).
 */
export const setCategories = (
	{ db, live }: Deps,
	userId: string,
	{ ids, categoryId }: z.output<typeof bulkCategoryChoice>
): Promise<number> =>
	inTx(db, async (tx) => {
		const rows = await sayableByIds(tx, userId, ids);
		await requireCategory(tx, userId, categoryId);
		return (await say(tx, live, userId, rows, categoryId)).length;
	});
