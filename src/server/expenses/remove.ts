import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { lockGroup, recordChange } from '../groups/change.ts';
import type { Membership } from '../groups/membership.ts';
import { findExpense } from './find.ts';
import { expenseView, type ExpenseView } from './view.ts';

export const expenseRemoval = z.object({
	id,
	/** The version it was seen in: when given, it must still be that one. */
	version: z.number().int().min(1).optional()
});

/**
 * Removes an expense: it counts for nobody any more, and can be restored for 30 days. What was settled for it stays, for that
 * money did go. Removed already, it changes nothing. Errors: CONFLICT (`expense_changed`) with `current`, NOT_FOUND.
 */
export function removeExpense(
	app: App,
	membership: Membership,
	{ id, version }: z.output<typeof expenseRemoval>
): Promise<ExpenseView> {
	return inTx(app.db, async (tx) => {
		await lockGroup(tx, membership);
		const before = await findExpense(tx, membership, id);
		if (before.deletedAt) return expenseView(before, membership);
		if (version !== undefined && before.version !== version) {
			throw new DomainError('CONFLICT', 'expense_changed', { current: expenseView(before, membership) });
		}
		await tx.expense.update({ where: { id }, data: { deletedAt: new Date(), version: { increment: 1 } } });
		await tx.expensePart.updateMany({ where: { expenseId: id }, data: { net: 0 } });
		await recordChange(tx, app, membership, {
			kind: 'expense_removed',
			subjectId: id,
			summary: { title: before.description, amount: Number(before.amount), currency: before.currency }
		});
		return expenseView(await findExpense(tx, membership, id), membership);
	});
}
