/** What becomes of a person's budgets when their categories change. */
import { isDeepStrictEqual } from 'node:util';
import { rearmAlerts } from '../alerts/rearm.ts';
import type { App } from '../app.ts';
import { termsOf, withZone } from '../budgets/budget.ts';
import { readTerms } from '../budgets/find.ts';
import { overPerson } from '../budgets/spending-moved.ts';
import { afterCommit, type Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';

type Ids = readonly string[];

/** A budget over all of a group takes in what joins it; `others` are those that the group has beside it. */
export const joining = (ids: Ids, id: string, others: Ids): Ids =>
	holds(ids, others) && !ids.includes(id) ? [...ids, id] : ids;

/** A budget over all of a group lets go of what leaves it. */
export const leaving = (ids: Ids, id: string, others: Ids): Ids =>
	holds(ids, [...others, id]) ? ids.filter((one) => one !== id) : ids;

const holds = (ids: Ids, all: Ids): boolean => all.length > 0 && all.every((id) => ids.includes(id));

/**
 * Changes which categories a person's own budgets are over, removed ones too, as they can come back. Where `isSame` says that the
 * spending which counts is the same as before, alerts stand; else they are armed as with any other change (alerts/rearm.ts).
 */
export async function changeBudgets(
	tx: Tx,
	{ live }: Pick<App, 'live'>,
	userId: string,
	change: (ids: Ids) => Ids,
	isSame: (ids: Ids) => boolean
): Promise<void> {
	const rows = await tx.budget.findMany({ where: { userId, groupId: null }, include: withZone });
	let changed = 0;
	for (const before of rows.map(termsOf)) {
		const categoryIds = [...change(before.categoryIds)];
		if (isDeepStrictEqual(categoryIds, before.categoryIds)) continue;
		const { id } = before;
		await tx.budget.update({ where: { id }, data: { categoryIds, version: { increment: 1 } } });
		if (!isSame(before.categoryIds) && !before.removedAt)
			await rearmAlerts(tx, before, await readTerms(tx, id), new Date());
		changed++;
	}
	if (changed > 0) afterCommit(tx, () => live.toUser(userId, 'budgets:changed', {}));
}

/**
 * Makes sure that no budget of a person names a category: it is, or is about to be, one of income. Error: CONFLICT
 * (`category_in_budget`).
 */
export async function requireNoBudget(tx: Tx, userId: string, categoryId: string): Promise<void> {
	const rows = await tx.budget.findMany({
		where: overPerson(userId),
		select: { name: true, categoryIds: true }
	});
	const naming = rows.find((row) => (row.categoryIds as string[]).includes(categoryId));
	if (naming) throw new DomainError('CONFLICT', 'category_in_budget', { params: { budget: naming.name } });
}
