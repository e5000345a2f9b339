import { z } from 'zod';
import { categoryGroups, type CategoryGroup } from '#lib/categories.ts';
import { isIncome } from '#lib/budgets/spending.ts';
import type { OwnCategory } from '#lib/own-categories.ts';
import { id, line } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { categoriesChanged } from '../categorising/say.ts';
import { inTx, type Tx } from '../db/client.ts';
import { findOwn, heldBook } from './book.ts';
import { changeBudgets, joining, leaving, requireNoBudget } from './budgets.ts';
import { ownCategoriesChanged } from './changed.ts';
import { freeName } from './names.ts';

export const categoryChange = z.object({
	id,
	name: line(60, 1).optional(),
	group: z.enum(categoryGroups).optional()
});

/**
 * Renames a category of a person's own, or moves it to another group with all that is in it; what is left out stays. Budgets over
 * all of a group follow. Errors: NOT_FOUND, CONFLICT (`category_name_taken`, `category_name_built_in`, `category_in_budget`: income cannot be budgeted).
 */
export const updateCategory = (
	app: Pick<App, 'db' | 'live'>,
	user: { id: string },
	{ id, name, group }: z.output<typeof categoryChange>
): Promise<OwnCategory> =>
	inTx(app.db, async (tx) => {
		const book = await heldBook(tx, user.id);
		const before = await findOwn(tx, user.id, id);
		if (name !== undefined && name !== before.name) {
			const nameKey = await freeName(tx, user.id, name, id);
			await tx.category.update({ where: { id }, data: { name, nameKey } });
		}
		if (group !== undefined && group !== before.group) {
			await tx.category.update({ where: { id }, data: { group } });
			const others = book.idsOf(before.group).filter((one) => one !== id);
			await move(tx, app, user.id, { id, group }, { others, joins: book.idsOf(group) });
		}
		ownCategoriesChanged(tx, app, user.id);
		const row = await findOwn(tx, user.id, id);
		return { id, name: row.name, group: row.group };
	});

/** `others`: those of the group that it leaves; `joins`: those of the one that it comes to. */
async function move(
	tx: Tx,
	app: Pick<App, 'live'>,
	userId: string,
	{ id, group }: { id: string; group: CategoryGroup },
	{ others, joins }: { others: readonly string[]; joins: readonly string[] }
): Promise<void> {
	await changeBudgets(
		tx,
		app,
		userId,
		(ids) => joining(leaving(ids, id, others), id, joins),
		() => false
	);
	if (isIncome(id, group)) await requireNoBudget(tx, userId, id);
	const inIt = await tx.transaction.count({ where: { userId, categoryId: id } });
	await categoriesChanged(tx, app.live, userId, inIt);
}
