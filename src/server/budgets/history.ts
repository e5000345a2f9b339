import { amountOn, carriedInto, rangeBefore } from '#lib/budgets/amounts.ts';
import { periodAt, periodIndex, type DateRange } from '#lib/budgets/period.ts';
import { percentOf } from '#lib/budgets/thresholds.ts';
import type { Db } from '../db/client.ts';
import { notFound } from '../errors.ts';
import { periodNow } from './budget.ts';
import type { HeldBudget } from './find.ts';
import { spentIn } from './spending.ts';

/** How many periods are told of, the current one included. */
const periods = 12;

export type PastPeriod = {
	periodStart: string;
	periodEnd: string;
	spent: number;
	/** Null, as the two below, for a period before the budget's first. */
	amount: number | null;
	carried: number | null;
	percent: number | null;
	otherCurrencies: { currency: string; count: number }[];
};

/** A budget's last twelve periods, the current one first; those before it was made say what was spent. Error: NOT_FOUND. */
export async function budgetHistory(db: Db, budget: HeldBudget, now = new Date()): Promise<PastPeriod[]> {
	if (budget.removedAt) throw notFound();
	const { period, amounts, startDate, rollOver } = budget;
	const current = periodIndex(period, periodNow(budget, now).today);
	const shown = Array.from({ length: periods }, (_, back) => periodAt(period, current - back));
	const before = rollOver ? rangeBefore(startDate, shown.at(-1)!.start) : null;
	const [earlier, ...spent] = await spentIn(
		db,
		[before ?? { start: startDate, end: startDate }, ...shown].map((range) => ({ scope: budget, range }))
	);
	const carriedTo = ({ start }: DateRange): bigint => {
		const since = shown.flatMap((range, at) =>
			range.start >= startDate && range.start < start ? [spent[at]!.spent] : []
		);
		return carriedInto(
			budget,
			start,
			since.reduce((sum, one) => sum + one, before ? earlier!.spent : 0n)
		);
	};
	return shown.map((range, at) => {
		const amount = amountOn(amounts, range.start);
		const carried = amount !== null && rollOver ? carriedTo(range) : 0n;
		const spentThen = spent[at]!.spent;
		return {
			periodStart: range.start,
			periodEnd: range.end,
			spent: Number(spentThen),
			amount: amount === null ? null : Number(amount),
			carried: amount === null ? null : Number(carried),
			percent: amount === null ? null : percentOf(spentThen, amount + carried),
			otherCurrencies: spent[at]!.otherCurrencies
		};
	});
}
