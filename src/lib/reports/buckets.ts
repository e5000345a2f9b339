/** Months in so many steps as can be told apart: quarters when there are many, years when there are very many. */
import { addMonths } from '../dates.ts';
import { firstOf, lastOf, monthOf } from './period.ts';

const mostSteps = 36;
const sizes = [1, 3, 12] as const;

export type Bucket<T> = {
	/** Months in a whole one. */
	size: (typeof sizes)[number];
	/** Its first and last date, also where only a part of it is known. */
	start: string;
	end: string;
	months: T[];
};

/** Puts months, in their order and without gaps, into steps of the calendar: 36 at most, unless there are more years. */
export function bucketsOf<T>(months: readonly T[], monthIs: (one: T) => string): Bucket<T>[] {
	const size = sizes.find((size) => Math.ceil(months.length / size) <= mostSteps) ?? 12;
	const numberOf = (month: string): number =>
		Math.floor((Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1) / size);
	const steps = Map.groupBy(months, (one) => numberOf(monthIs(one)));
	return [...steps].map(([number, some]) => {
		const first = number * size;
		const start = firstOf(
			`${String(Math.floor(first / 12)).padStart(4, '0')}-${String((first % 12) + 1).padStart(2, '0')}`
		);
		return { size, start, end: lastOf(monthOf(addMonths(start, size - 1))), months: some };
	});
}

/** A round number that nothing of a chart is above, and the steps to it: 1, 2 or 5 of a power of ten each. */
export function scaleOf(most: number): { top: number; steps: number[] } {
	if (most <= 0) return { top: 1, steps: [0] };
	const power = 10 ** Math.floor(Math.log10(most / 3));
	const step = [1, 2, 5, 10].map((n) => n * power).find((step) => most / step <= 4) ?? power * 10;
	const count = Math.ceil(most / step);
	return { top: count * step, steps: Array.from({ length: count + 1 }, (_, n) => n * step) };
}
