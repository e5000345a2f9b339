import { isDeepStrictEqual } from 'node:util';
import { withAmount } from '#lib/budgets/amounts.ts';
import { periodOf, type BudgetUpdate } from '#lib/budgets/budget.ts';
import { firstDate } from '#lib/budgets/period.ts';
import type { ActivityChanges } from '#lib/groups/activity.ts';
import { rearmAlerts } from '../alerts/rearm.ts';
import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { DomainError, notFound } from '../errors.ts';
import { lockGroup, recordChange } from '../groups/change.ts';
import { periodNow, type BudgetTerms } from './budget.ts';
import { holdCategories } from './categories.ts';
import { readTerms, type HeldBudget } from './find.ts';
import { spendingMoved } from './spending-moved.ts';
import { budgetView, type BudgetView } from './view.ts';

/**
 * Changes a budget, starting from a version of it. Another amount holds from the current period on; with another period or
 * currency the budget begins anew. Its thresholds are armed as {@link rearmAlerts} says. What is the same already changes
 * nothing. Errors: NOT_FOUND, CONFLICT (`budget_changed` with `current`, `group_archived`), INVALID (a group's with `ownShare`),
 * those of {@link checkCategories}.
 */
export function updateBudget(
	app: App,
	{ id, userId, membership }: HeldBudget,
	{ version, ...sent }: BudgetUpdate,
	now = new Date()
): Promise<BudgetView> {
	if (membership && sent.ownShare) {
		throw new DomainError('INVALID', 'invalid', { fields: { ownShare: 'group_budget' } });
	}
	return inTx(app.db, async (tx) => {
		if (membership) await lockGroup(tx, membership);
		if (sent.categoryIds) await holdCategories(tx, { userId, membership }, sent.categoryIds);
		const before = await readTerms(tx, id);
		if (before.removedAt) throw notFound();
		const after = changed(before, sent, now);
		const changes = changesBetween(before, after, now);
		if (Object.keys(changes).length === 0) return budgetView(before, now);
		const { name, categoryIds, currency, amounts, period, startDate, thresholds, rollOver, ownShare } = after;
		const { count } = await tx.budget.updateMany({
			where: { id, version, removedAt: null },
			data: {
				...{ name, categoryIds, currency, amounts, period, startDate, thresholds, rollOver, ownShare },
				version: { increment: 1 }
			}
		});
		if (count === 0) {
			const current = budgetView(await readTerms(tx, id), now);
			throw new DomainError('CONFLICT', 'budget_changed', { current });
		}
		const changedTo = await readTerms(tx, id);
		await rearmAlerts(tx, before, changedTo, now);
		const view = budgetView(changedTo, now);
		await spendingMoved(tx, membership ?? { userIds: [before.userId] });
		if (membership) {
			const summary = { title: name, amount: view.amount, currency };
			await recordChange(tx, app, membership, { kind: 'budget_changed', subjectId: id, summary, changes });
		}
		return view;
	});
}

function changed(before: BudgetTerms, sent: Omit<BudgetUpdate, 'id' | 'version'>, now: Date): BudgetTerms {
	const { amount = budgetView(before, now).amount, period: asked, ...fields } = sent;
	const { today, current } = periodNow(before, now);
	const period = asked === undefined ? before.period : periodOf(keepingStart(asked, before), today);
	const after = { ...before, ...fields, period };
	const isAnew = after.currency !== before.currency || !isDeepStrictEqual(period, before.period);
	if (isAnew) {
		const start = firstDate(period, today);
		return { ...after, startDate: start, amounts: [{ from: start, amount }] };
	}
	if (amount === budgetView(before, now).amount) return after;
	return { ...after, amounts: withAmount(before.amounts, current.start, amount) };
}

/** As many days as before, with no word of when they begin, are no other period. */
function keepingStart(
	asked: NonNullable<BudgetUpdate['period']>,
	{ period }: BudgetTerms
): NonNullable<BudgetUpdate['period']> {
	if (asked.kind !== 'custom' || period.kind !== 'custom' || asked.days !== period.days) return asked;
	return { ...asked, from: asked.from ?? period.from };
}

const compared = [
	...(['name', 'categoryIds', 'currency', 'amount', 'period', 'thresholds', 'rollOver', 'ownShare'] as const)
];

/** Field → before and after, of those that differ. */
function changesBetween(before: BudgetTerms, after: BudgetTerms, now: Date): ActivityChanges {
	const [was, is] = [budgetView(before, now), budgetView(after, now)];
	return Object.fromEntries(
		compared
			.filter((field) => !isDeepStrictEqual(was[field], is[field]))
			.map((field) => [field, [was[field], is[field]]])
	);
}
