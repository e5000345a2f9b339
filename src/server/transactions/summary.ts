import { flows, totalOf, totalsBy } from '#lib/reports/sums.ts';
import { exactly } from '#lib/money.ts';
import { firstOf, lastOf } from '#lib/reports/period.ts';
import { bookOf } from '../categories/book.ts';
import type { Db } from '../db/client.ts';
import { sumsIn } from '../reports/month-sums.ts';
import { withoutOthers } from '../reports/own-sums.ts';
import { countWaiting } from '../review/count.ts';
import { sharedTransactions } from './shared-transactions.ts';

export type MonthSummary = {
	/** YYYY-MM. */
	month: string;
	/**
	 * Per currency, minor units: what was spent (negative; refunds count against it) and what was earned. Transfers between own
	 * accounts, and what a card's account was paid, are in neither.
	 */
	totals: { currency: string; spent: number; earned: number; count: number }[];
	/** How many of the month's transactions are split with a group. */
	split: number;
	/** How many transactions of all time wait for a look at their category. */
	review: number;
};

type Asked = { month?: string | undefined; until?: string | undefined; mine?: boolean };

/**
 * What a month came to, for the home page. `month` is YYYY-MM; without one, the latest that has transactions.
 * Of a month in which `until` lies only what is dated up to then counts. With `mine`, what
 * is split with a group counts as the person's own share only, and what others pay back for theirs is no income.
 */
export async function monthSummary(
	db: Db,
	userId: string,
	{ month, until, mine = false }: Asked = {}
): Promise<MonthSummary | null> {
	const latest = await db.transaction.findFirst({
		where: { userId },
		orderBy: [{ date: 'desc' }, { id: 'desc' }],
		select: { date: true }
	});
	if (!latest) return null;
	const shown = month ?? latest.date.slice(0, 7);
	const [start, last] = [firstOf(shown), lastOf(shown)];
	const range = { start, end: until !== undefined && start <= until && until < last ? until : last };
	const [sums, shared, review, book] = await Promise.all([
		sumsIn(db, userId, range),
		sharedTransactions(db, [{ userId, range }]),
		countWaiting(db, userId),
		bookOf(db, userId)
	]);
	const flow = flows((id) => book.groupOf(id));
	const all = mine ? withoutOthers(sums, shared) : sums;
	const [spent, earned] = (['out', 'in'] as const).map((direction) =>
		totalsBy(all, () => null, flow, direction)
	);
	const of = (currency: string) => ({
		spent: totalOf(spent?.get(currency)?.values() ?? []),
		earned: totalOf(earned?.get(currency)?.values() ?? [])
	});
	const totals = [...new Set([...(spent?.keys() ?? []), ...(earned?.keys() ?? [])])]
		.map((currency) => ({ currency, ...of(currency) }))
		.map(({ currency, spent, earned }) => ({
			currency,
			spent: exactly(0 - spent.amount),
			earned: exactly(earned.amount),
			count: spent.count + earned.count
		}))
		.sort((a, b) => b.count - a.count);
	const split = shared.filter(({ group, amount }) => group !== 'transfers' && amount < 0n).length;
	return { month: shown, totals, split, review };
}
