import { v7 } from 'uuid';
import { z } from 'zod';
import { categoryGroups, mostOwnCategories } from '#lib/categories.ts';
import type { OwnCategory } from '#lib/own-categories.ts';
import { id, line } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { isDuplicateKey } from '../db/errors.ts';
import { DomainError } from '../errors.ts';
import { heldBook, type OwnRow } from './book.ts';
import { changeBudgets, joining } from './budgets.ts';
import { ownCategoriesChanged } from './changed.ts';
import { freeName } from './names.ts';

export const newCategory = z.object({
	/** Made by the client so that a repeated call changes nothing. */
	id: id.optional(),
	name: line(60, 1),
	/** The upper level that it counts in. */
	group: z.enum(categoryGroups)
});

/**
 * Makes a category of a person's own; sent again with the same id it returns what has become of the first. Budgets over all of
 * its group take it in. Errors: CONFLICT (`id_taken`, `category_name_taken`, `category_name_built_in`, `too_many_categories`).
 */
export async function createCategory(
	app: Pick<App, 'db' | 'live'>,
	user: { id: string },
	{ id = v7(), name, group }: z.output<typeof newCategory>
): Promise<OwnCategory> {
	const made = inTx(app.db, async (tx) => {
		const book = await heldBook(tx, user.id);
		const before = await tx.category.findUnique({ where: { id } });
		if (before && before.userId !== user.id) throw idTaken();
		if (before) return before as OwnRow;
		if (book.own.length >= mostOwnCategories) {
			throw new DomainError('CONFLICT', 'too_many_categories', { params: { most: mostOwnCategories } });
		}
		const nameKey = await freeName(tx, user.id, name, id);
		const row = await tx.category.create({
			data: { id, group, sort: 0, userId: user.id, name, nameKey }
		});
		const others = book.idsOf(group);
		await changeBudgets(
			tx,
			app,
			user.id,
			(ids) => joining(ids, id, others),
			() => true
		);
		ownCategoriesChanged(tx, app, user.id);
		return row as OwnRow;
	});
	const row = await made.catch((error: unknown): never => {
		// Two people at once: their locks do not keep them apart.
		if (isDuplicateKey(error, 'Category')) throw idTaken();
		throw error;
	});
	return { id: row.id, name: row.name, group: row.group };
}

const idTaken = (): DomainError => new DomainError('CONFLICT', 'id_taken');
