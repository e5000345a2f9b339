import type { AmountSince } from '#lib/budgets/amounts.ts';
import { periodOn, type DateRange, type Period } from '#lib/budgets/period.ts';
import { wallClock } from '#lib/wall-clock.ts';
import type { Budget, Prisma } from '../db/client.ts';

/** What has to come along with a row to make a budget of it. */
export const withZone = { user: { select: { timeZone: true } } } as const satisfies Prisma.BudgetInclude;

type Row = Budget & { user: { timeZone: string } };

/** A budget with its JSON columns as what they are, and the time zone that says which period is now. */
export type BudgetTerms = Omit<Budget, 'categoryIds' | 'amounts' | 'period' | 'thresholds' | 'timeZone'> & {
	categoryIds: string[];
	amounts: AmountSince[];
	period: Period;
	thresholds: number[];
	timeZone: string;
};

export const termsOf = ({ user, ...row }: Row): BudgetTerms => ({
	...row,
	categoryIds: row.categoryIds as string[],
	amounts: row.amounts as AmountSince[],
	period: row.period as Period,
	thresholds: row.thresholds as number[],
	timeZone: row.timeZone ?? user.timeZone
});

/** Today where the budget is, and the period that it lies in; before the first day of a budget that is its first period. */
export function periodNow(
	{ period, startDate, timeZone }: Pick<BudgetTerms, 'period' | 'startDate' | 'timeZone'>,
	now: Date
): { today: string; current: DateRange } {
	const today = wallClock(now, timeZone).date;
	return { today, current: periodOn(period, today < startDate ? startDate : today) };
}
