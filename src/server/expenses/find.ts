import type { Tx } from '../db/client.ts';
import { notFound } from '../errors.ts';
import type { Membership } from '../groups/membership.ts';
import { forView, type ExpenseRow } from './view.ts';

/** An expense of the member's group, as it is now. Error: NOT_FOUND. */
export async function findExpense(
	tx: Pick<Tx, 'expense'>,
	{ groupId }: Pick<Membership, 'groupId'>,
	id: string
): Promise<ExpenseRow> {
	const row = await tx.expense.findFirst({ where: { id, groupId }, include: forView });
	if (!row) throw notFound();
	return row;
}
