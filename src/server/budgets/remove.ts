import type { App } from '../app.ts';
import { afterCommit, inTx } from '../db/client.ts';
import { lockGroup, recordChange } from '../groups/change.ts';
import { closeBudgets } from '../notifications/close-budgets.ts';
import { holdersOf, type HeldBudget } from './find.ts';
import { budgetView } from './view.ts';

/** Removes a budget: nothing is raised for it any more, and what was stays among the alerts. Removed already, it changes nothing. */
export function removeBudget(app: App, budget: HeldBudget, now = new Date()): Promise<void> {
	const { id, userId, membership } = budget;
	return inTx(app.db, async (tx) => {
		if (membership) await lockGroup(tx, membership);
		const { count } = await tx.budget.updateMany({
			where: { id, removedAt: null },
			data: { removedAt: now, version: { increment: 1 } }
		});
		if (count === 0) return;
		await closeBudgets(tx, await holdersOf(tx, budget), { budgetId: id }, now);
		if (!membership) {
			afterCommit(tx, () => app.live.toUser(userId, 'budgets:changed', {}));
			return;
		}
		const { name: title, amount, currency } = budgetView(budget, now);
		const summary = { title, amount, currency };
		await recordChange(tx, app, membership, { kind: 'budget_removed', subjectId: id, summary });
	});
}
