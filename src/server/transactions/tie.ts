import type { Db, Tx } from '../db/client.ts';
import { DomainError, notFound } from '../errors.ts';
import { linksOf } from '../transfers/links.ts';

/**
 * Makes sure that a bank transaction can be tied to an expense or a settlement: it is the person's own, and is tied to no other
 * one that stands, or it would count twice; and it is half of no transfer, or it would not count at all. Nobody else can tie it
 * until the transaction at hand has ended. Errors: NOT_FOUND, CONFLICT (`transaction_taken`, `transaction_in_transfer`).
 */
export async function requireFree(
	tx: Tx,
	userId: string,
	transactionId: string | null | undefined
): Promise<void> {
	if (!transactionId) return;
	if ((await tx.transaction.count({ where: { id: transactionId, userId } })) === 0) throw notFound();
	if (await isTied(tx, transactionId)) throw new DomainError('CONFLICT', 'transaction_taken');
	if (await isHalf(tx, transactionId)) throw new DomainError('CONFLICT', 'transaction_in_transfer');
}

/** Whether a bank transaction is half of a transfer between own accounts. */
export const isHalf = async (tx: Tx, transactionId: string): Promise<boolean> =>
	(await linksOf(tx, [transactionId])).length > 0;

/** Whether something that stands is tied to a bank transaction; the answer holds until the end of `tx`. */
export async function isTied(tx: Tx, transactionId: string): Promise<boolean> {
	// Locks of groups do not keep two groups apart.
	await tx.$executeRaw`UPDATE "Transaction" SET "userId" = "userId" WHERE "id" = ${transactionId}`;
	return isTiedNow(tx, transactionId);
}

/** Whether an expense or settlement that stands is tied to a bank transaction, also in a group that the person has left. */
export async function isTiedNow(db: Db | Tx, transactionId: string): Promise<boolean> {
	if ((await db.expense.count({ where: { transactionId, deletedAt: null } })) > 0) return true;
	const tied = { OR: [{ fromTransactionId: transactionId }, { toTransactionId: transactionId }] };
	return (await db.settlement.count({ where: { ...tied, deletedAt: null } })) > 0;
}
