import { civilOf, lastDayOfMonth, weekdayOf } from '../dates.ts';
import { gridOf, monthOf, rhythms } from './schedule.ts';
import type { Grid } from './schedule.ts';
import type { Anchor, Cadence, Weekday } from './types.ts';

/** An anchor, its grid, and how far from it payments fall: weighted mean of days, the latest weighing most. */
export type Fit = { anchor: Anchor; grid: Grid; distance: number };

/** Each payment weighs this much of the one after it, so that a moved date is followed within a few payments. */
const fading = 0.85;
/** Payments older than this many weigh next to nothing and are left out. */
const horizon = 18;
/** Days of distance that a rarer kind of anchor must be better by before it is preferred to a day of the month. */
const handicap: Record<Anchor['kind'], number> = {
	weekday: 0,
	day: 0,
	date: 0,
	last_day: 0.01,
	nth_weekday: 0.4
};

/** The anchor that payments on these days (day numbers in order, at least one) fall nearest to. */
export function fitAnchor(cadence: Cadence, days: readonly number[]): Fit {
	const recent = days.slice(-horizon);
	let best: Fit | undefined;
	let bestCost = Infinity;
	const tried = new Set<string>();
	for (let i = recent.length - 1; i >= 0; i--) {
		for (const { anchor, reference, key } of anchorsOf(cadence, recent[i]!)) {
			if (tried.has(key)) continue;
			tried.add(key);
			const grid = gridOf(cadence, anchor, reference);
			const disfavour = handicap[anchor.kind];
			const distance = distanceTo(grid, recent, rhythms[cadence].months > 0, bestCost - disfavour);
			const cost = distance + disfavour;
			if (cost < bestCost) [best, bestCost] = [{ anchor, grid, distance }, cost];
			if (bestCost === 0) return best!;
		}
	}
	return best!;
}

type Candidate = { anchor: Anchor; reference: number; key: string };

/** The anchors that a payment on exactly this day could have, and a key that is equal for equal grids. */
function anchorsOf(cadence: Cadence, day: number): Candidate[] {
	const { months, period } = rhythms[cadence];
	const weekday = weekdayOf(day) as Weekday;
	if (months === 0) {
		return [{ anchor: { kind: 'weekday', weekday }, reference: day, key: String(day % period) }];
	}
	const { year, month, day: dayOfMonth } = civilOf(day);
	const length = lastDayOfMonth(year, month);
	const anchors: Anchor[] = [];
	if (cadence === 'yearly') anchors.push({ kind: 'date', month, day: dayOfMonth });
	else {
		if (dayOfMonth < 31) anchors.push({ kind: 'day', day: dayOfMonth });
		if (dayOfMonth === length) anchors.push({ kind: 'last_day' });
		const nth = Math.ceil(dayOfMonth / 7);
		if (nth <= 4) anchors.push({ kind: 'nth_weekday', nth: nth as 1 | 2 | 3 | 4, weekday });
		if (dayOfMonth + 7 > length) anchors.push({ kind: 'nth_weekday', nth: -1, weekday });
	}
	const phase = monthOf(day) % months;
	return anchors.map((anchor) => ({
		anchor,
		reference: day,
		key: `${anchor.kind} ${keyOf(anchor)} ${phase}`
	}));
}

function keyOf(anchor: Anchor): string {
	if (anchor.kind === 'nth_weekday') return `${anchor.nth} ${anchor.weekday}`;
	return anchor.kind === 'day' || anchor.kind === 'date' ? String(anchor.day) : '';
}

/** The weighted mean distance of days from a grid; Infinity as soon as it is sure to reach `most`. */
function distanceTo(grid: Grid, days: readonly number[], skipsWeekends: boolean, most: number): number {
	const weights = (1 - fading ** days.length) / (1 - fading);
	let [sum, weight] = [0, 1];
	for (let i = days.length - 1; i >= 0; i--) {
		const expected = grid.dayAt(grid.nearest(days[i]!));
		const off = days[i]! - expected;
		// Friday before or Monday after a weekend is where banks put it: hardly off at all.
		const rolled = skipsWeekends && isRoll(weekdayOf(expected), off);
		sum += weight * (rolled ? 0.25 : Math.abs(off));
		if (sum >= most * weights) return Infinity;
		weight *= fading;
	}
	return sum / weights;
}

function isRoll(weekday: number, off: number): boolean {
	return (weekday === 6 && (off === -1 || off === 2)) || (weekday === 7 && (off === -2 || off === 1));
}
