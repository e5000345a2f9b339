import { isRefund } from '#lib/budgets/spending.ts';
import { addDays } from '#lib/dates.ts';
import { merchantKey, merchantOf } from '#lib/merchant.ts';
import { withoutRefund } from '#models/refund.ts';
import type { Db, Transaction } from '../db/client.ts';

/** A payment that a refund probably gives back. */
export type Refunded = { id: string; date: string };

/** How long shops take things back, and a while. */
const daysBefore = 90;

/**
 * Of a refund the payment that it probably gives back: of the same merchant (as it is called, or without the words that say that money
 * comes back) and amount, in the days before, if there is exactly one.
 * Null when the transaction is no refund.
 */
export async function refundedBy(
	db: Db,
	row: Pick<
		Transaction,
		'userId' | 'merchantKey' | 'description' | 'amount' | 'currency' | 'date' | 'categoryId'
	> & {
		/** Of the category. */
		group: string | undefined;
	}
): Promise<{ payment: Refunded | null } | null> {
	if (!isRefund(row)) return null;
	const { userId, amount, currency, date } = row;
	const rest = withoutRefund(row.description);
	const keys = [row.merchantKey, ...(rest === null ? [] : [merchantKey(merchantOf(rest))])];
	const payments = await db.transaction.findMany({
		where: {
			...{ userId, merchantKey: { in: keys }, amount: -amount, currency },
			date: { gte: addDays(date, -daysBefore), lte: date }
		},
		select: { id: true, date: true },
		take: 2
	});
	return { payment: payments.length === 1 ? payments[0]! : null };
}
