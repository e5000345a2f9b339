import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, civilOf, daysBetween, fromDay, lastDayOfMonth, toDay, weekday } from '#lib/dates.ts';
import { beginOf, periodAt, periodIndex, periodOn, usualPeriods, type Period } from '#lib/budgets/period.ts';
import { wallClock } from '#lib/wall-clock.ts';

const date = fc.integer({ min: toDay('1970-01-01'), max: toDay('2099-12-31') }).map(fromDay);
const day = fc.integer({ min: 1, max: 31 });
const month = fc.integer({ min: 1, max: 12 });
const period: fc.Arbitrary<Period> = fc.oneof(
	fc.record({ kind: fc.constant('weekly' as const), weekStart: fc.integer({ min: 1, max: 7 }) }),
	fc.record({ kind: fc.constant('monthly' as const), day }),
	fc.record({ kind: fc.constantFrom('quarterly' as const, 'yearly' as const), month, day }),
	fc.record({ kind: fc.constant('custom' as const), days: fc.integer({ min: 1, max: 366 }), from: date })
);

test('every date lies in exactly one period, and the next begins right after', () => {
	fc.assert(
		fc.property(period, date, (period, date) => {
			const index = periodIndex(period, date);
			const { start, end } = periodAt(period, index);
			expect(start <= date && date <= end).toBe(true);
			expect(periodAt(period, index + 1).start).toBe(addDays(end, 1));
			expect(periodAt(period, index - 1).end).toBe(addDays(start, -1));
			expect(periodOn(period, start)).toEqual({ start, end });
			expect(periodOn(period, end)).toEqual({ start, end });
			expect(periodIndex(period, addDays(end, 1))).toBe(index + 1);
			expect(periodIndex(period, addDays(start, -1))).toBe(index - 1);
		}),
		{ numRuns: 2000 }
	);
});

test('walking through a year day by day, each period has all of its dates and no other', () => {
	fc.assert(
		fc.property(period, fc.integer({ min: 1970, max: 2098 }), (period, year) => {
			const lengths = new Map<string, number>();
			let [first, last] = [`${year}-01-01`, `${year}-12-31`];
			first = periodOn(period, first).start;
			last = periodOn(period, last).end;
			for (let at = first; at <= last; at = addDays(at, 1)) {
				const { start } = periodOn(period, at);
				lengths.set(start, (lengths.get(start) ?? 0) + 1);
			}
			for (const [start, length] of lengths) {
				const { end } = periodOn(period, start);
				expect(length).toBe(daysBetween(start, end) + 1);
			}
		}),
		{ numRuns: 60 }
	);
});

test('weeks begin on their weekday, whichever that is', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 7 }), date, (weekStart, date) => {
			const { start, end } = periodOn({ kind: 'weekly', weekStart }, date);
			expect(weekday(start)).toBe(weekStart);
			expect(daysBetween(start, end)).toBe(6);
		})
	);
});

test('months begin on their day, or on the last of a month that has no such day', () => {
	fc.assert(
		fc.property(day, date, (day, date) => {
			const { start } = periodOn({ kind: 'monthly', day }, date);
			const { year, month, day: first } = civilOf(toDay(start));
			expect(first).toBe(Math.min(day, lastDayOfMonth(year, month)));
		})
	);
	const from31: Period = { kind: 'monthly', day: 31 };
	expect(periodOn(from31, '2024-02-10')).toEqual({ start: '2024-01-31', end: '2024-02-28' });
	expect(periodOn(from31, '2024-02-29')).toEqual({ start: '2024-02-29', end: '2024-03-30' });
	expect(periodOn(from31, '2023-02-28')).toEqual({ start: '2023-02-28', end: '2023-03-30' });
});

test('quarters and years begin in their months', () => {
	expect(periodOn(usualPeriods.quarterly, '2026-11-26')).toEqual({ start: '2026-10-01', end: '2026-12-31' });
	expect(periodOn({ kind: 'quarterly', month: 2, day: 15 }, '2026-02-14')).toEqual({
		start: '2025-11-15',
		end: '2026-02-14'
	});
	expect(periodOn(usualPeriods.yearly, '2026-11-26')).toEqual({ start: '2026-01-01', end: '2026-12-31' });
	// The British tax year, and one that begins on a leap day.
	expect(periodOn({ kind: 'yearly', month: 4, day: 6 }, '2026-04-05')).toEqual({
		start: '2025-04-06',
		end: '2026-04-05'
	});
	const leap: Period = { kind: 'yearly', month: 2, day: 29 };
	expect(periodOn(leap, '2024-02-29')).toEqual({ start: '2024-02-29', end: '2025-02-27' });
	expect(periodOn(leap, '2025-02-28')).toEqual({ start: '2025-02-28', end: '2026-02-27' });
	fc.assert(
		fc.property(
			fc.constantFrom('quarterly' as const, 'yearly' as const),
			month,
			day,
			date,
			(kind, m, d, date) => {
				const { start } = periodOn({ kind, month: m, day: d }, date);
				const step = kind === 'yearly' ? 12 : 3;
				expect((((civilOf(toDay(start)).month - m) % step) + step) % step).toBe(0);
			}
		)
	);
});

test('periods of so many days are counted from their date, both ways', () => {
	const period: Period = { kind: 'custom', days: 10, from: '2026-03-01' };
	expect(periodOn(period, '2026-03-01')).toEqual({ start: '2026-03-01', end: '2026-03-10' });
	expect(periodOn(period, '2026-02-28')).toEqual({ start: '2026-02-19', end: '2026-02-28' });
});

// On both sides of the date line, with clocks put forward and back at midnight, at one, at two, and by half an hour.
const zones = [
	...['Pacific/Kiritimati', 'Pacific/Niue', 'Pacific/Chatham', 'Pacific/Apia', 'Australia/Lord_Howe'],
	...['America/Sao_Paulo', 'America/Havana', 'America/Asuncion', 'America/New_York', 'America/St_Johns'],
	...['Europe/Berlin', 'Europe/London', 'Africa/Casablanca', 'Africa/Cairo', 'Asia/Beirut', 'Asia/Kathmandu'],
	...['Asia/Tehran', 'Asia/Gaza', 'UTC']
];
const zone = fc.constantFrom(...zones);

test('a date begins at its midnight, or at the first instant after it', () => {
	const minute = 60_000;
	fc.assert(
		fc.property(zone, date, (timeZone, date) => {
			const begin = beginOf(date, timeZone);
			const shown = wallClock(begin, timeZone);
			const before = wallClock(new Date(begin.getTime() - minute), timeZone);
			expect(before.date < date).toBe(true);
			expect(shown.date >= date).toBe(true);
			// Anything but midnight is where the clock has jumped.
			const isJump = Date.parse(`${shown.date}T00:00:00Z`) / minute + shown.minutes;
			const wasAt = Date.parse(`${before.date}T00:00:00Z`) / minute + before.minutes;
			if (shown.date !== date || shown.minutes !== 0) expect(isJump - wasAt).toBeGreaterThan(1);
		}),
		{ numRuns: 3000 }
	);
});

test('the nights of summer time and of the date line', () => {
	const begins = (date: string, zone: string) => beginOf(date, zone).toISOString();
	// Put forward at two, and back at three: midnight is midnight, and the days have 23 and 25 hours.
	expect(begins('2026-03-29', 'Europe/Berlin')).toBe('2026-03-28T23:00:00.000Z');
	expect(begins('2026-03-30', 'Europe/Berlin')).toBe('2026-03-29T22:00:00.000Z');
	expect(begins('2026-10-26', 'Europe/Berlin')).toBe('2026-10-25T23:00:00.000Z');
	// Put forward at midnight: the day begins at one.
	expect(begins('2018-11-04', 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00.000Z');
	// Put back at one to midnight: there are two midnights, and the day begins at the first.
	expect(begins('2026-11-01', 'America/Havana')).toBe('2026-11-01T04:00:00.000Z');
	// A day that never was.
	expect(begins('2011-12-30', 'Pacific/Apia')).toBe(begins('2011-12-31', 'Pacific/Apia'));
});

test('at one instant the period of the same budget differs from zone to zone by what their dates do', () => {
	fc.assert(
		fc.property(
			zone,
			zone,
			period,
			fc.date({ min: new Date('1970-01-02'), max: new Date('2099-12-30'), noInvalidDate: true }),
			(a, b, period, now) => {
				const [here, there] = [wallClock(now, a).date, wallClock(now, b).date];
				// The zones at the ends are 26 hours apart.
				const days = Math.abs(daysBetween(here, there));
				expect(days).toBeLessThanOrEqual(2);
				const apart = periodIndex(period, here) - periodIndex(period, there);
				expect(Math.abs(apart)).toBeLessThanOrEqual(days);
				const { start, end } = periodOn(period, here);
				expect(beginOf(start, a) <= now).toBe(true);
				expect(now < beginOf(addDays(end, 1), a)).toBe(true);
			}
		),
		{ numRuns: 2000 }
	);
});
