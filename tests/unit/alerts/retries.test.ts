import { expect, test } from 'vitest';
import { nextAttempt } from '#lib/alerts/retries.ts';

const now = new Date('2026-03-04T20:30:00Z');
const hour = 3_600_000;
const pause = (made: number, chance = 0, retryAfterMs: number | null = null): number | null => {
	const next = nextAttempt(made, now, { chance, retryAfterMs });
	return next && next.getTime() - now.getTime();
};

test('there are ten attempts, with longer and longer pauses', () => {
	const pauses = Array.from({ length: 11 }, (_, n) => pause(n + 1));
	expect(pauses).toEqual([
		...[5000, 300_000, 1_800_000],
		...[2, 5, 10, 14, 20, 24].map((hours) => hours * hour),
		...[null, null]
	]);
});

test('chance makes a pause longer by a tenth at most, and never shorter', () => {
	expect(pause(4, 0.5)).toBe(2.1 * hour);
	expect(pause(4, 0.999)).toBeLessThan(2.2 * hour);
});

test('whoever is to be told may ask for a longer pause, up to a day, and not for a shorter one', () => {
	expect(pause(1, 0, 60_000)).toBe(60_000);
	expect(pause(4, 0, 60_000)).toBe(2 * hour);
	expect(pause(1, 0, 90 * hour)).toBe(24 * hour);
	expect(pause(9, 0, 90 * hour)).toBe(24 * hour);
	expect(pause(10, 0, 60_000)).toBe(null);
});
