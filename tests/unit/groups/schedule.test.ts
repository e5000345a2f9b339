import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, fromDay, toDay } from '#lib/dates.ts';
import { cadences, earliestDue, nextAfter, occurrence, type Cadence } from '#lib/groups/schedule.ts';

const first = (from: string, cadence: Cadence, count: number): string[] =>
	Array.from({ length: count }, (_, n) => occurrence(from, cadence, n));

test('each cadence comes when it says', () => {
	expect(first('2026-01-30', 'weekly', 3)).toEqual(['2026-01-30', '2026-02-06', '2026-02-13']);
	expect(first('2026-01-30', 'fortnightly', 3)).toEqual(['2026-01-30', '2026-02-13', '2026-02-27']);
	expect(first('2026-01-15', 'monthly', 3)).toEqual(['2026-01-15', '2026-02-15', '2026-03-15']);
	expect(first('2026-11-30', 'quarterly', 3)).toEqual(['2026-11-30', '2027-02-28', '2027-05-30']);
	expect(first('2024-02-29', 'yearly', 5)).toEqual([
		'2024-02-29',
		'2025-02-28',
		'2026-02-28',
		'2027-02-28',
		'2028-02-29'
	]);
});

test('the 31st is the last day of a short month, and the 31st again after it', () => {
	expect(first('2026-01-31', 'monthly', 6)).toEqual([
		'2026-01-31',
		'2026-02-28',
		'2026-03-31',
		'2026-04-30',
		'2026-05-31',
		'2026-06-30'
	]);
	let date = '2026-01-31';
	for (let n = 0; n < 23; n++) date = nextAfter('2026-01-31', 'monthly', date);
	expect(date).toBe('2027-12-31');
});

test('the next one is the first of the series that is later, from wherever one asks', () => {
	const day = fc.integer({ min: toDay('1970-01-01'), max: toDay('2099-12-31') }).map(fromDay);
	fc.assert(
		fc.property(
			day,
			fc.constantFrom(...cadences),
			fc.integer({ min: -400, max: 40_000 }),
			(from, cadence, gap) => {
				const date = addDays(from, gap);
				const next = nextAfter(from, cadence, date);
				expect(next > date).toBe(true);
				if (next === from) return;
				// It is one of the series, and the one before it is not later than the date.
				let n = 1;
				while (occurrence(from, cadence, n) < next) n++;
				expect(occurrence(from, cadence, n)).toBe(next);
				expect(occurrence(from, cadence, n - 1) <= date).toBe(true);
			}
		),
		{ numRuns: 500 }
	);
});

test('what a new schedule makes up for goes a year back, to the same day or the last one of the month', () => {
	expect(earliestDue('2026-11-26')).toBe('2025-11-26');
	expect(earliestDue('2028-02-29')).toBe('2027-02-28');
});
