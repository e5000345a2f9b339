import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { notFound } from '../errors.ts';
import { lockGroup, recordChange } from '../groups/change.ts';
import { restorableSince } from '../restorable.ts';
import { readTerms, type HeldBudget } from './find.ts';
import { requireRoom } from './require-room.ts';
import { spendingMoved } from './spending-moved.ts';
import { budgetView, type BudgetView } from './view.ts';

/**
 * Brings a removed budget back as it was; what rolls over has gone on meanwhile. One that is there stays as it is. Errors: NOT_FOUND
 * (after 30 days), CONFLICT (`too_many_budgets`, `group_archived`).
 */
export function restoreBudget(app: App, budget: HeldBudget, now = new Date()): Promise<BudgetView> {
	const { id, userId, membership } = budget;
	return inTx(app.db, async (tx) => {
		if (membership) await lockGroup(tx, membership);
		const before = await readTerms(tx, id);
		if (!before.removedAt) return budgetView(before, now);
		if (before.removedAt < restorableSince(now)) throw notFound();
		await requireRoom(tx, before);
		await tx.budget.update({ where: { id }, data: { removedAt: null, version: { increment: 1 } } });
		await spendingMoved(tx, membership ?? { userIds: [userId] });
		const view = budgetView(await readTerms(tx, id), now);
		if (membership) {
			const summary = { title: view.name, amount: view.amount, currency: view.currency };
			await recordChange(tx, app, membership, { kind: 'budget_restored', subjectId: id, summary });
		}
		return view;
	});
}
