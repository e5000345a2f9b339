/**
 * The periods of a budget: ranges of civil dates that follow each other without a gap, for ever in both directions. A time
 * zone only decides which of them is now.
 */
import { civilOf, dayOf, fromDay, lastDayOfMonth, toDay } from '../dates.ts';
import { instantsAt } from '../wall-clock.ts';

/**
 * How a budget's periods lie.
 * - `weekly`: from a weekday on (ISO: Monday is 1).
 * - `monthly`: from a day of the month on; a month that has no such day begins with its last.
 * - `quarterly`, `yearly`: the same, in every third month counted from `month` (1 to 12), or in that month alone.
 * - `custom`: so many days each, one of them beginning on `from`.
 */
export type Period =
	| { kind: 'weekly'; weekStart: number }
	| { kind: 'monthly'; day: number }
	| { kind: 'quarterly'; month: number; day: number }
	| { kind: 'yearly'; month: number; day: number }
	| { kind: 'custom'; days: number; from: string };

/** First and last date, both included. */
export type DateRange = { start: string; end: string };

/** The plain words for the usual periods: from Mondays, from the 1st, with the quarters and years of the calendar. */
export const usualPeriods = {
	weekly: { kind: 'weekly', weekStart: 1 },
	monthly: { kind: 'monthly', day: 1 },
	quarterly: { kind: 'quarterly', month: 1, day: 1 },
	yearly: { kind: 'yearly', month: 1, day: 1 }
} as const satisfies Record<string, Period>;

// 1970-01-01, day number 0, was a Thursday.
const thursday = 4;

/** Which of the periods a date lies in: later ones have greater numbers, without a gap. */
export function periodIndex(period: Period, date: string): number {
	const day = toDay(date);
	const length = daysOf(period);
	if (length) return Math.floor((day - length.from) / length.days);
	const { step, first } = monthsOf(period);
	const { year, month } = civilOf(day);
	const index = Math.floor((year * 12 + month - 1 - first) / step);
	return startDay(period, index) <= day ? index : index - 1;
}

/** The period of a number that {@link periodIndex} gave, or of a neighbour's. */
export function periodAt(period: Period, index: number): DateRange {
	return { start: fromDay(startDay(period, index)), end: fromDay(startDay(period, index + 1) - 1) };
}

/** The period that a date lies in. */
export const periodOn = (period: Period, date: string): DateRange =>
	periodAt(period, periodIndex(period, date));

/** The first date of a budget that is made on a day: that of the current period or, if the first is yet to come, of that one. */
export const firstDate = (period: Period, today: string): string =>
	period.kind === 'custom' && period.from > today ? period.from : periodOn(period, today).start;

/** When a date begins in a time zone: at midnight or, on the night that the clock jumps over it, right after. */
export const beginOf = (date: string, timeZone: string): Date =>
	instantsAt({ date, minutes: 0 }, timeZone)[0]!;

/** The first day number of a period. */
function startDay(period: Period, index: number): number {
	const length = daysOf(period);
	if (length) return length.from + index * length.days;
	const { step, first, day } = monthsOf(period);
	const months = first + index * step;
	const year = Math.floor(months / 12);
	const month = months - year * 12 + 1;
	return dayOf(year, month, Math.min(day, lastDayOfMonth(year, month)));
}

/** Of periods that are counted in days: how many, and the day number that one begins on. */
function daysOf(period: Period): { days: number; from: number } | null {
	if (period.kind === 'weekly') return { days: 7, from: period.weekStart - thursday };
	return period.kind === 'custom' ? { days: period.days, from: toDay(period.from) } : null;
}

type Monthly = Exclude<Period, { kind: 'weekly' | 'custom' }>;

/** Of the others: how many months, the first one's number (0 to 11), and the day they begin on. */
function monthsOf(period: Period): { step: number; first: number; day: number } {
	const { kind, day, month } = { month: 1, ...(period as Monthly) };
	return { step: { monthly: 1, quarterly: 3, yearly: 12 }[kind], first: month - 1, day };
}
