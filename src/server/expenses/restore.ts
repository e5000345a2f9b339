import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { DomainError, notFound } from '../errors.ts';
import { lockGroup, recordChange } from '../groups/change.ts';
import type { Membership } from '../groups/membership.ts';
import { restorableSince } from '../restorable.ts';
import { isHalf, isTied } from '../transactions/tie.ts';
import { findExpense } from './find.ts';
import { expenseView, type ExpenseView } from './view.ts';

export const expenseRestoring = z.object({
	id,
	/** The version that was removed: given, a call sent again does not undo a removal that has come since. */
	version: z.number().int().min(1).optional()
});

/**
 * Brings a removed expense back as it was; only a bank transaction that has been tied to something else since, or
 * is half of a transfer now, stays with that.
 * One that is there already stays as it is. Errors: NOT_FOUND (also after 30 days), CONFLICT (`expense_removed`: again, since
 * then) with `current`.
 */
export function restoreExpense(
	app: App,
	membership: Membership,
	{ id, version }: z.output<typeof expenseRestoring>,
	now = new Date()
): Promise<ExpenseView> {
	return inTx(app.db, async (tx) => {
		await lockGroup(tx, membership);
		const before = await findExpense(tx, membership, id);
		if (!before.deletedAt) return expenseView(before, membership);
		if (before.deletedAt < restorableSince(now)) throw notFound();
		if (version !== undefined && before.version !== version) {
			throw new DomainError('CONFLICT', 'expense_removed', { current: expenseView(before, membership) });
		}
		const own = before.transactionId;
		const isTaken = own !== null && ((await isTied(tx, own)) || (await isHalf(tx, own)));
		await tx.expense.update({
			where: { id },
			data: { deletedAt: null, version: { increment: 1 }, ...(isTaken && { transactionId: null }) }
		});
		await tx.$executeRaw`UPDATE "ExpensePart" SET "net" = "paid" - "share" WHERE "expenseId" = ${id}`;
		await recordChange(tx, app, membership, {
			kind: 'expense_restored',
			subjectId: id,
			summary: { title: before.description, amount: Number(before.amount), currency: before.currency },
			...(isTaken && { changes: { transaction: [true, false] } })
		});
		return expenseView(await findExpense(tx, membership, id), membership);
	});
}
