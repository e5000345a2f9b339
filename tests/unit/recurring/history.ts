import { fromDay, toDay } from '#lib/dates.ts';
import { gridOf } from '#lib/recurring/schedule.ts';
import type { Anchor, Cadence, Payment } from '#lib/recurring/types.ts';

/** Payments on these dates, all of one amount or of the amounts given. */
export function paid(dates: readonly string[], amount: number | readonly number[], prefix = 'p'): Payment[] {
	return dates.map((date, i) => ({
		id: `${prefix}${i}`,
		date,
		amount: typeof amount === 'number' ? amount : amount[i]!
	}));
}

/** The first `count` dates of a schedule, from `first` on, as the calendar has them. */
export function datesOf(cadence: Cadence, anchor: Anchor, first: string, count: number): string[] {
	const grid = gridOf(cadence, anchor, toDay(first));
	return Array.from({ length: count }, (_, i) => fromDay(grid.dayAt(i)));
}

/** The dates, each moved by so many days. */
export function moved(dates: readonly string[], days: readonly number[]): string[] {
	return dates.map((date, i) => fromDay(toDay(date) + (days[i % days.length] ?? 0)));
}

/** Off weekends as banks do it: Saturday and Sunday become Monday. */
export function onWorkdays(dates: readonly string[]): string[] {
	return dates.map((date) => {
		const day = toDay(date);
		const weekday = ((day + 3) % 7) + 1;
		return fromDay(weekday > 5 ? day + 8 - weekday : day);
	});
}

/** A fixed stream of numbers from 0 to 1 (linear congruential), so that "random" histories are the same on every run. */
export function stream(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state * 1664525 + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}

/** Payments on random days after `first`, of random amounts up to `most`. */
export function noise(
	next: () => number,
	count: number,
	first: string,
	days: number,
	most: number
): Payment[] {
	const start = toDay(first);
	return Array.from({ length: count }, (_, i) => ({
		id: `noise${i}`,
		date: fromDay(start + Math.floor(next() * days)),
		amount: -(100 + Math.floor(next() * most))
	}));
}
