import type { z } from 'zod';
import { exactly } from '#lib/money.ts';
import { monthOf, monthsFrom } from '#lib/reports/period.ts';
import { flows, keysOf, totalsBy } from '#lib/reports/sums.ts';
import { bookOf } from '../categories/book.ts';
import type { Db } from '../db/client.ts';
import { knownRange } from './known-range.ts';
import { sumsOf } from './own-sums.ts';
import type { cashFlowQuery } from './query.ts';

/** Minor units: `in` is what was earned, `out` what was spent (both positive), `net` what remained of it. */
export type Flow = { in: number; out: number; net: number };

export type CashFlow = {
	/** Null, as `to`: nothing is known. */
	from: string | null;
	to: string | null;
	/** The one with most transactions first; every month of the period is there. */
	currencies: { currency: string; total: Flow; months: (Flow & { month: string })[] }[];
};

/** What came in, went out and remained in each month of a period, by the same rule as {@link spendingReport}. */
export async function cashFlow(
	db: Db,
	userId: string,
	{ from, to, mine }: z.output<typeof cashFlowQuery>
): Promise<CashFlow> {
	const range = await knownRange(db, userId, { from, to });
	if (!range) return { from: from ?? null, to: to ?? null, currencies: [] };
	const [sums, book] = await Promise.all([sumsOf(db, userId, range, { mine }), bookOf(db, userId)]);
	const flow = flows((id) => book.groupOf(id));
	const counts = new Map<string, number>();
	sums((one) => {
		if (flow(one)) counts.set(one.currency, (counts.get(one.currency) ?? 0) + one.count);
	});
	const earned = totalsBy(sums, keysOf.month, flow, 'in');
	const spent = totalsBy(sums, keysOf.month, flow, 'out');
	const currencies = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
	return {
		from: range.start,
		to: range.end,
		currencies: currencies.map(([currency]) => {
			const months = monthsFrom(monthOf(range.start), monthOf(range.end)).map((month) => ({
				month,
				...flowOf(earned.get(currency)?.get(month)?.amount, spent.get(currency)?.get(month)?.amount)
			}));
			const sum = (of: 'in' | 'out') => months.reduce((all, month) => all + month[of], 0);
			return { currency, total: flowOf(sum('in'), sum('out')), months };
		})
	};
}

const flowOf = (earned = 0, spent = 0): Flow => ({
	in: exactly(earned),
	out: exactly(spent),
	net: exactly(earned - spent)
});
