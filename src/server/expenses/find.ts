import type { Tx } from '../db/client.ts';
import { notFound } from '../errors.ts';
import type { Membership } from '../groups/membership.ts';
import { forView, type ExpenseRow } from './view.ts';

type Client = Pick<Tx, 'expense' | 'settlement' | 'transaction'>;

/** An expense of the member's group, as it is now. Error: NOT_FOUND. */
export async function findExpense(
	tx: Client,
	{ groupId }: Pick<Membership, 'groupId'>,
	id: string
): Promise<ExpenseRow> {
	const row = await tx.expense.findFirst({ where: { id, groupId }, include: { parts: true } });
	if (!row) throw notFound();
	// One after the other: several relations at once would be several queries at once on the one connection of a transaction.
	const settlements = await tx.settlement.findMany({ ...forView.settlements, where: paysFor(id) });
	const transaction = row.transactionId
		? await tx.transaction.findUnique({ where: { id: row.transactionId }, ...forView.transaction })
		: null;
	return { ...row, settlements, transaction };
}

const paysFor = (expenseId: string) => ({ ...forView.settlements.where, expenseId });
