import type { z } from 'zod';
import { exactly } from '#lib/money.ts';
import type { DateRange } from '#lib/budgets/period.ts';
import { comparedWith, monthOf, monthsFrom } from '#lib/reports/period.ts';
import { flows, keysOf, totalsBy, type Sums } from '#lib/reports/sums.ts';
import { bookOf } from '../categories/book.ts';
import type { Db } from '../db/client.ts';
import { knownBefore, knownRange } from './known-range.ts';
import { sumsOf } from './own-sums.ts';
import type { cashFlowQuery } from './query.ts';

/** Minor units: `in` is what was earned, `out` what was spent (both positive), `net` what remained of it. */
export type Flow = { in: number; out: number; net: number };

export type CashFlow = {
	/** Null, as `to`: nothing is known. */
	from: string | null;
	to: string | null;
	/** What each currency's `before` is of; null also where nothing is known of its first month in any currency. */
	before: { from: string; to: string } | null;
	/** The one with most transactions first; every month of the period is there. */
	currencies: {
		currency: string;
		total: Flow;
		before?: Flow;
		/** Instead of `before`, where the first date that something is known of lies behind its first month. */
		knownFrom?: string;
		months: (Flow & { month: string })[];
	}[];
};

/** What came in, went out and remained in each month of a period, by the same rule as {@link spendingReport}. `compare` adds what it was before. */
export async function cashFlow(
	db: Db,
	userId: string,
	{ from, to, compare, mine }: z.output<typeof cashFlowQuery>
): Promise<CashFlow> {
	const range = await knownRange(db, userId, { from, to });
	if (!range) return { from: from ?? null, to: to ?? null, before: null, currencies: [] };
	const wanted = compare ? comparedWith(range, compare) : null;
	const known = wanted && (await knownBefore(db, userId, wanted));
	const earlier = known?.hasAny ? wanted : null;
	const sumsOn = (one: DateRange): Promise<Sums> => sumsOf(db, userId, one, { mine });
	const [sums, sumsBefore, book] = await Promise.all([
		sumsOn(range),
		earlier && sumsOn(earlier),
		bookOf(db, userId)
	]);
	const flow = flows((id) => book.groupOf(id));
	const counts = new Map<string, number>();
	sums((one) => {
		if (flow(one)) counts.set(one.currency, (counts.get(one.currency) ?? 0) + one.count);
	});
	const monthly = (of: Sums) => {
		const [earned, spent] = (['in', 'out'] as const).map((way) => totalsBy(of, keysOf.month, flow, way));
		return (currency: string, month: string): Flow =>
			flowOf(earned?.get(currency)?.get(month)?.amount, spent?.get(currency)?.get(month)?.amount);
	};
	const [now, then] = [monthly(sums), sumsBefore && monthly(sumsBefore)];
	const currencies = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
	return {
		from: range.start,
		to: range.end,
		before: earlier && { from: earlier.start, to: earlier.end },
		currencies: currencies.map(([currency]) => {
			const months = monthsIn(range).map((month) => ({ month, ...now(currency, month) }));
			const isKnown = earlier && then && known?.hasCurrency(currency);
			const before = isKnown && together(monthsIn(earlier).map((month) => then(currency, month)));
			const knownFrom = isKnown ? undefined : known?.firstDate(currency);
			return {
				...{ currency, total: together(months), months },
				...(before && { before }),
				...(knownFrom !== undefined && { knownFrom })
			};
		})
	};
}

const monthsIn = ({ start, end }: DateRange): string[] => monthsFrom(monthOf(start), monthOf(end));

function together(some: readonly Flow[]): Flow {
	const sum = (of: 'in' | 'out') => some.reduce((all, one) => all + one[of], 0);
	return flowOf(sum('in'), sum('out'));
}

const flowOf = (earned = 0, spent = 0): Flow => ({
	in: exactly(earned),
	out: exactly(spent),
	net: exactly(earned - spent)
});
