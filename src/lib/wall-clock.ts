/** What the clock on the wall of a time zone shows, and when it shows something. */
import { addDays } from './dates.ts';

/** A civil date (`YYYY-MM-DD`) and the minutes since its midnight. */
export type WallClock = { date: string; minutes: number };

const minute = 60_000;
const day = 86_400_000;

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
	const known = clocks.get(timeZone);
	if (known) return known;
	// The Swedish way to write a time is ISO's.
	const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
	clocks.set(timeZone, clock);
	return clock;
}

/** What the clock of an IANA time zone shows at an instant, to the minute. */
export function wallClock(instant: Date, timeZone: string): WallClock {
	const [date = '', time = ''] = clockOf(timeZone).format(instant).split(' ');
	return { date, minutes: minutesOf(time) };
}

/** The minutes since midnight of `HH:MM`. */
export function minutesOf(time: string): number {
	return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/**
 * When the clock of a time zone shows a time: once, twice on the night it is put back, and on the night it is put forward
 * and jumps over that time, as long after the jump as the time would have been (what Temporal calls "compatible").
 */
export function instantsAt({ date, minutes }: WallClock, timeZone: string): Date[] {
	const asUtc = Date.parse(`${date}T00:00:00Z`) + minutes * minute;
	const before = offset(asUtc - day, timeZone);
	const after = offset(asUtc + day, timeZone);
	const fitting = [before, after]
		.filter((ahead, n, both) => both.indexOf(ahead) === n && offset(asUtc - ahead, timeZone) === ahead)
		.map((ahead) => asUtc - ahead)
		.sort((a, b) => a - b);
	return (fitting.length > 0 ? fitting : [asUtc - before]).map((ms) => new Date(ms));
}

/** The first instant, `from` itself included, at which the clock of a time zone shows so many minutes since midnight. */
export function nextAt(from: Date, minutes: number, timeZone: string): Date {
	const { date } = wallClock(from, timeZone);
	for (let ahead = 0; ; ahead++) {
		const times = instantsAt({ date: addDays(date, ahead), minutes }, timeZone);
		const found = times.find((time) => time >= from);
		if (found) return found;
	}
}

/** By how much the clock of a time zone is ahead of UTC, in ms. */
function offset(ms: number, timeZone: string): number {
	const { date, minutes } = wallClock(new Date(ms), timeZone);
	return Date.parse(`${date}T00:00:00Z`) + minutes * minute - Math.floor(ms / minute) * minute;
}
