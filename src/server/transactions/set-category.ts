import { z } from 'zod';
import { groupOf } from '#lib/categories.ts';
import { id } from '#lib/schemas.ts';
import { spendingMoved } from '../budgets/spending-moved.ts';
import { inTx, type Db } from '../db/client.ts';
import { DomainError, notFound } from '../errors.ts';

export const categoryChoice = z.object({
	id: id,
	categoryId: z.string().max(60),
	/** Also every other transaction of this merchant that no person has categorised. */
	applyToSimilar: z.boolean().optional()
});

const assertKnown = (categoryId: string) => {
	if (!groupOf(categoryId))
		throw new DomainError('INVALID', 'unknown_category', { params: { category: categoryId } });
};

const byUser = { source: 'user', confidence: 1, review: false } as const;

/**
 * Puts a transaction into a category because a person says so. Returns how many were changed and how many more of the same
 * merchant could be. Errors: NOT_FOUND, INVALID (`unknown_category`).
 */
export const setCategory = (
	db: Db,
	userId: string,
	{ id, categoryId, applyToSimilar }: z.output<typeof categoryChoice>
): Promise<{ changed: number; similar: number }> =>
	inTx(db, async (tx) => {
		assertKnown(categoryId);
		const [row] = await tx.transaction.updateManyAndReturn({
			where: { id, userId },
			data: { categoryId, ...byUser },
			select: { merchantKey: true }
		});
		if (!row) throw notFound();
		await spendingMoved(tx, { userIds: [userId] });
		const others = {
			userId,
			merchantKey: row.merchantKey,
			id: { not: id },
			source: { not: 'user' as const },
			OR: [{ categoryId: { not: categoryId } }, { categoryId: null }, { review: true }]
		};
		if (!applyToSimilar) return { changed: 1, similar: await tx.transaction.count({ where: others }) };
		const { count } = await tx.transaction.updateMany({ where: others, data: { categoryId, ...byUser } });
		return { changed: count + 1, similar: 0 };
	});

export const bulkCategoryChoice = z.object({
	ids: z.array(id).min(1).max(1000),
	categoryId: z.string().max(60)
});

/** The same for many at once; ids that are not the person's are passed over. Returns how many were changed. */
export const setCategories = (
	db: Db,
	userId: string,
	{ ids, categoryId }: z.output<typeof bulkCategoryChoice>
): Promise<number> =>
	inTx(db, async (tx) => {
		assertKnown(categoryId);
		const { count } = await tx.transaction.updateMany({
			where: { userId, id: { in: ids } },
			data: { categoryId, ...byUser }
		});
		await spendingMoved(tx, { userIds: [userId] });
		return count;
	});
