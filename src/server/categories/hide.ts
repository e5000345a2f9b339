import { z } from 'zod';
import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { notFound } from '../errors.ts';
import { heldBook } from './book.ts';
import { ownCategoriesChanged } from './changed.ts';

export const categoryHiding = z.object({ id: z.string().max(60), hidden: z.boolean() });

/**
 * Hides a category, a built-in one too, where one is chosen, or shows it again. What is in it stays, and what belongs there still
 * comes to it. Error: NOT_FOUND.
 */
export const hideCategory = (
	app: Pick<App, 'db' | 'live'>,
	userId: string,
	{ id: categoryId, hidden }: z.output<typeof categoryHiding>
): Promise<void> =>
	inTx(app.db, async (tx) => {
		const book = await heldBook(tx, userId);
		if (!book.groupOf(categoryId)) throw notFound();
		const key = { userId, categoryId };
		if (hidden) {
			await tx.hiddenCategory.upsert({ where: { userId_categoryId: key }, create: key, update: {} });
		} else await tx.hiddenCategory.deleteMany({ where: key });
		ownCategoriesChanged(tx, app, userId);
	});
