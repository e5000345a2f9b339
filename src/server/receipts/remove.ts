import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { findExpense } from '../expenses/find.ts';
import { lockGroup, recordChange, waitForGroup } from '../groups/change.ts';
import type { Membership } from '../groups/membership.ts';
import { deleteReceipt } from './files.ts';

/** Takes an expense's receipt away. Without one it changes nothing. Error: NOT_FOUND. */
export async function removeReceipt(app: App, membership: Membership, expenseId: string): Promise<void> {
	const { groupId } = membership;
	await inTx(app.db, async (tx) => {
		await lockGroup(tx, membership);
		const expense = await findExpense(tx, membership, expenseId);
		if (expense.receiptType === null) return;
		await tx.expense.update({ where: { id: expenseId }, data: { receiptType: null } });
		await recordChange(tx, app, membership, {
			kind: 'receipt_removed',
			subjectId: expenseId,
			summary: { title: expense.description }
		});
	});
	await dropUnused(app, groupId, expenseId);
}

/**
 * Deletes the file of an expense that has no receipt (any more). In the group's lock, so that it is not one that somebody is
 * putting there at this moment.
 */
export function dropUnused(
	{ db, config }: Pick<App, 'db' | 'config'>,
	groupId: string,
	expenseId: string
): Promise<void> {
	return inTx(db, async (tx) => {
		await waitForGroup(tx, groupId);
		const used = await tx.expense.count({ where: { id: expenseId, receiptType: { not: null } } });
		if (used === 0) await deleteReceipt(config, expenseId);
	});
}
