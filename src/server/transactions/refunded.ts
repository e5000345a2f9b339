import { isRefund } from '#lib/budgets/spending.ts';
import { addDays } from '#lib/dates.ts';
import type { Db, Transaction } from '../db/client.ts';

/** A payment that a refund probably gives back. */
export type Refunded = { id: string; date: string };

/** How long shops take things back, and a while. */
const daysBefore = 90;

/**
 * Of a refund the payment that it probably gives back: of the same merchant and amount, in the days before, if there is exactly one.
 * Null when the transaction is no refund.
 */
export async function refundedBy(
	db: Db,
	row: Pick<Transaction, 'userId' | 'merchantKey' | 'amount' | 'currency' | 'date' | 'categoryId'> & {
		/** Of the category. */
		group: string | undefined;
	}
): Promise<{ payment: Refunded | null } | null> {
	if (!isRefund(row)) return null;
	const { userId, merchantKey, amount, currency, date } = row;
	const payments = await db.transaction.findMany({
		where: {
			...{ userId, merchantKey, amount: -amount, currency },
			date: { gte: addDays(date, -daysBefore), lte: date }
		},
		select: { id: true, date: true },
		take: 2
	});
	return { payment: payments.length === 1 ? payments[0]! : null };
}
