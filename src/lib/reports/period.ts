/** Ranges of civil dates that reports are about: what they are compared with, and the months they are made of. */
import type { DateRange } from '../budgets/period.ts';
import { addDays, addMonths, daysBetween } from '../dates.ts';

/** With the period of the same length right before, or with the same dates a year earlier. */
export const comparisons = ['previous', 'year'] as const;
export type Comparison = (typeof comparisons)[number];

/** The years that a report can be about, and how many days it can have at most: a hundred years. */
const [firstDate, lastDate] = ['1900-01-01', '2199-12-31'];
export const longestPeriod = 36_600;

/** False for a year that nobody means, such as one that is half typed. */
export const isPlausible = (date: string): boolean => date >= firstDate && date <= lastDate;

export const monthOf = (date: string): string => date.slice(0, 7);
export const firstOf = (month: string): string => `${month}-01`;
export const lastOf = (month: string): string => addDays(addMonths(firstOf(month), 1), -1);

const beginsMonth = (date: string): boolean => date.endsWith('-01');
const endsMonth = (date: string): boolean => beginsMonth(addDays(date, 1));

/** How many months lie between two months `YYYY-MM`. */
export const monthsBetween = (from: string, to: string): number =>
	(Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5)) - Number(from.slice(5));

/** All months from one to another, both included. */
export const monthsFrom = (from: string, to: string): string[] =>
	Array.from({ length: Math.max(0, monthsBetween(from, to) + 1) }, (_, n) =>
		monthOf(addMonths(firstOf(from), n))
	);

/**
 * What a range is compared with. Whole months are compared with as many whole months. What begins with a month and ends within
 * one is compared up to the same day: of the month before, of the year before where it begins with a year, or of as many
 * months before. Anything else is compared with as many days.
 */
export function comparedWith({ start, end }: DateRange, comparison: Comparison): DateRange {
	if (comparison === 'year') return earlier({ start, end }, 12);
	if (!beginsMonth(start)) {
		const days = daysBetween(start, end) + 1;
		return { start: addDays(start, -days), end: addDays(end, -days) };
	}
	const months = monthsBetween(monthOf(start), monthOf(end)) + 1;
	const isYearSoFar = months > 1 && start.slice(5, 7) === '01' && months <= 12 && !endsMonth(end);
	return earlier({ start, end }, isYearSoFar ? 12 : months);
}

/** The end of a month stays one: 28 February 2025 is compared with 29 February 2024. */
function earlier({ start, end }: DateRange, months: number): DateRange {
	const date = addMonths(end, -months);
	return { start: addMonths(start, -months), end: endsMonth(end) ? lastOf(monthOf(date)) : date };
}

/** The months that lie in a range as a whole, first and last, and what remains of it at both ends. */
export function wholeMonths({ start, end }: DateRange): {
	whole: { first: string; last: string } | null;
	edges: DateRange[];
} {
	const first = beginsMonth(start) ? monthOf(start) : monthOf(addMonths(start, 1));
	const last = endsMonth(end) ? monthOf(end) : monthOf(addMonths(firstOf(monthOf(end)), -1));
	if (first > last) return { whole: null, edges: start <= end ? [{ start, end }] : [] };
	const edges = [
		{ start, end: addDays(firstOf(first), -1) },
		{ start: addDays(lastOf(last), 1), end }
	];
	return { whole: { first, last }, edges: edges.filter((edge) => edge.start <= edge.end) };
}
