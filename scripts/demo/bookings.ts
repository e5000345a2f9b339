/** The threads a year of a household is woven from. The same on every day it is asked for, so that pictures stay alike. */
import { addDays, addMonths, weekday } from '#lib/dates.ts';

/** One line of a statement; `amount` in minor units, outflow negative. */
export type Booking = { date: string; text: string; amount: number };

/** Both days included. */
export type Span = { from: string; to: string };

/** Numbers from 0 to 1 that look random and are the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** A price: fixed, or told by the date. */
type Price = number | ((date: string) => number);

const priceOn = (price: Price, date: string) => (typeof price === 'number' ? price : price(date));

type Rhythm = { months?: number; days?: number; on: string; except?: (date: string) => boolean };

/** The same payment again and again: every `months` months or `days` days, counted from the first day `on`. */
export function again(
	span: Span,
	text: string,
	price: Price,
	{ months, days, on, except }: Rhythm
): Booking[] {
	const bookings: Booking[] = [];
	for (let n = 0; ; n++) {
		const date = months ? addMonths(on, n * months) : addDays(on, n * (days ?? 7));
		if (date > span.to) return bookings;
		if (date >= span.from && !except?.(date)) bookings.push({ date, text, amount: priceOn(price, date) });
	}
}

/** A price that changes on a day. */
export const raised =
	(before: number, day: string, after: number) =>
	(date: string): number =>
		date < day ? before : after;

/** A price that wanders between two amounts, a little each time. */
export function drifting(low: number, high: number, seed: number): (date: string) => number {
	const dice = random(seed);
	let share = dice();
	return () => {
		share = Math.min(1, Math.max(0, share + (dice() - 0.5) * 0.5));
		return Math.round(low + (high - low) * share);
	};
}

/** A place money goes to now and then: its wordings, what it costs from and to, and how many times in a week. */
export type Habit = {
	texts: readonly string[];
	from: number;
	to: number;
	perWeek: number;
	weekends?: boolean;
};

/** What is bought without a plan: each habit by its own dice, day by day. */
export function everyday(span: Span, habits: readonly Habit[], seed: number): Booking[] {
	return habits.flatMap(({ texts, from, to, perWeek, weekends }, index) => {
		const dice = random(seed * 100 + index);
		const bookings: Booking[] = [];
		for (let date = span.from; date <= span.to; date = addDays(date, 1)) {
			const fits = weekends === undefined || weekday(date) >= 6 === weekends;
			const chance = perWeek / (weekends === undefined ? 7 : weekends ? 2 : 5);
			// Every die is thrown on every day, so that a longer span changes nothing of the days before.
			const [happens, which, price] = [dice(), dice(), dice()];
			if (!fits || happens >= chance) continue;
			const text = texts[Math.floor(which * texts.length)]!;
			bookings.push({ date, text, amount: -Math.round(from + (to - from) * price ** 1.5) });
		}
		return bookings;
	});
}

/** By date, the latest first, as banks list them. */
export const latestFirst = (bookings: readonly Booking[]): Booking[] =>
	bookings.toSorted((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0));

export const within = (bookings: readonly Booking[], { from, to }: Span): Booking[] =>
	bookings.filter(({ date }) => date >= from && date <= to);
