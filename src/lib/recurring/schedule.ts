import { civilOf, dayOf, fromDay, lastDayOfMonth, toDay, weekdayOf } from '../dates.ts';
import type { Anchor, Cadence, Schedule, State } from './types.ts';

/** What detection knows of a cadence. */
type Rhythm = {
	/** Mean days from one payment to the next (a year is 365.25 days). */
	period: number;
	/** Months from one to the next; 0 where weeks are counted. */
	months: number;
	/** Days that weekends, holidays and slow banks move a payment either way. */
	slack: number;
	/** How many in a row may be missing before the series counts as ended. */
	skips: number;
	/** Fewest payments that make a series. */
	least: number;
};

export const rhythms: Record<Cadence, Rhythm> = {
	weekly: { period: 7, months: 0, slack: 2, skips: 3, least: 4 },
	fortnightly: { period: 14, months: 0, slack: 3, skips: 2, least: 4 },
	fourweekly: { period: 28, months: 0, slack: 3, skips: 2, least: 3 },
	monthly: { period: 30.4375, months: 1, slack: 4, skips: 2, least: 3 },
	quarterly: { period: 91.3125, months: 3, slack: 6, skips: 1, least: 3 },
	yearly: { period: 365.25, months: 12, slack: 7, skips: 0, least: 2 }
};

export const cadences = Object.keys(rhythms) as Cadence[];

/** The expected days of a schedule, numbered: 0 is its `nextDate`, -1 the one before. */
export type Grid = { dayAt: (index: number) => number; nearest: (day: number) => number };

/** The grid of a cadence and an anchor that has a date on (weeks) or in the month of (months) `reference`, a day number. */
export function gridOf(cadence: Cadence, anchor: Anchor, reference: number): Grid {
	const { period, months } = rhythms[cadence];
	if (months === 0) {
		return {
			dayAt: (index) => reference + index * period,
			nearest: (day) => Math.round((day - reference) / period)
		};
	}
	const start = monthOf(reference);
	const dayAt = (index: number) => dayIn(anchor, start + index * months);
	return {
		dayAt,
		nearest(day) {
			const index = Math.floor((monthOf(day) - start) / months);
			const off = day - dayAt(index);
			if (Math.abs(off) < 14) return index; // months are at least 28 days apart
			const neighbour = off < 0 ? index - 1 : index + 1;
			return Math.abs(day - dayAt(neighbour)) < Math.abs(off) ? neighbour : index;
		}
	};
}

/** The expected dates from `from` to `to`, both included, by date. */
export function occurrencesBetween(schedule: Schedule, from: string, to: string): string[] {
	const grid = gridOf(schedule.cadence, schedule.anchor, toDay(schedule.nextDate));
	const [first, last] = [toDay(from), toDay(to)];
	const dates: string[] = [];
	for (let i = grid.nearest(first) - 1, day = grid.dayAt(i); day <= last; day = grid.dayAt(++i)) {
		if (day >= first) dates.push(fromDay(day));
	}
	return dates;
}

/** How long after its expected day a payment may still come before it counts as missed, in days. */
export function patience(cadence: Cadence): number {
	return 2 * rhythms[cadence].slack;
}

/**
 * The index of the first expected day after the one that `lastDay` paid for, the first still awaited on `today`, and how many
 * between them were missed. All days are day numbers.
 */
export function awaited(grid: Grid, cadence: Cadence, lastDay: number, today: number) {
	const following = grid.nearest(lastDay) + 1;
	let next = Math.max(following, grid.nearest(today) - 2);
	while (grid.dayAt(next) + patience(cadence) < today) next++;
	while (next > following && grid.dayAt(next - 1) + patience(cadence) >= today) next--;
	return { following, next, missed: next - following };
}

/** Where a series, stored or just found, stands on a day. */
export function stateOf(series: Schedule & { lastDate: string }, today: string): State {
	const { cadence, anchor, nextDate, lastDate } = series;
	const { slack, skips } = rhythms[cadence];
	const day = toDay(today);
	const grid = gridOf(cadence, anchor, toDay(nextDate));
	const { next, missed } = awaited(grid, cadence, toDay(lastDate), day);
	if (missed > skips) return 'ended';
	const wait = grid.dayAt(next) - day;
	if (wait < -slack) return 'late';
	if (wait <= 3) return 'due';
	return missed > 0 ? 'missed' : 'active';
}

/** Months since year 0 of a day number. */
export function monthOf(day: number): number {
	const { year, month } = civilOf(day);
	return year * 12 + month - 1;
}

/** The day number an anchor falls on in a month counted from year 0. */
function dayIn(anchor: Anchor, monthIndex: number): number {
	const year = Math.floor(monthIndex / 12);
	const month = monthIndex - year * 12 + 1;
	const length = lastDayOfMonth(year, month);
	if (anchor.kind === 'last_day') return dayOf(year, month, length);
	if (anchor.kind === 'day' || anchor.kind === 'date')
		return dayOf(year, month, Math.min(anchor.day, length));
	if (anchor.kind === 'weekday') throw new Error('A weekday alone names no day of a month');
	if (anchor.nth === -1) {
		const last = dayOf(year, month, length);
		return last - ((weekdayOf(last) - anchor.weekday + 7) % 7);
	}
	const first = dayOf(year, month, 1);
	return first + ((anchor.weekday - weekdayOf(first) + 7) % 7) + (anchor.nth - 1) * 7;
}
