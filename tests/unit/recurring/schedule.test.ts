import { describe, expect, test } from 'vitest';
import { findSeries } from '#lib/recurring/find.ts';
import { occurrencesBetween, stateOf } from '#lib/recurring/schedule.ts';
import { datesOf, paid } from './history.ts';

describe('occurrencesBetween', () => {
	test('keeps to the week, month and quarter that nextDate names, before it and after it', () => {
		expect(
			occurrencesBetween(
				{ cadence: 'fortnightly', anchor: { kind: 'weekday', weekday: 5 }, nextDate: '2026-01-16' },
				'2026-01-01',
				'2026-02-13'
			)
		).toEqual(['2026-01-02', '2026-01-16', '2026-01-30', '2026-02-13']);
		expect(
			occurrencesBetween(
				{ cadence: 'quarterly', anchor: { kind: 'day', day: 30 }, nextDate: '2026-05-30' },
				'2025-11-01',
				'2026-06-30'
			)
		).toEqual(['2025-11-30', '2026-02-28', '2026-05-30']);
	});

	test('follows the end of the month, the nth weekday and leap days', () => {
		expect(
			occurrencesBetween(
				{ cadence: 'monthly', anchor: { kind: 'last_day' }, nextDate: '2024-01-31' },
				'2024-01-31',
				'2024-04-30'
			)
		).toEqual(['2024-01-31', '2024-02-29', '2024-03-31', '2024-04-30']);
		expect(
			occurrencesBetween(
				{ cadence: 'monthly', anchor: { kind: 'nth_weekday', nth: -1, weekday: 5 }, nextDate: '2026-01-30' },
				'2026-01-01',
				'2026-05-31'
			)
		).toEqual(['2026-01-30', '2026-02-27', '2026-03-27', '2026-04-24', '2026-05-29']);
		expect(
			occurrencesBetween(
				{ cadence: 'yearly', anchor: { kind: 'date', month: 2, day: 29 }, nextDate: '2024-02-29' },
				'2023-01-01',
				'2025-12-31'
			)
		).toEqual(['2023-02-28', '2024-02-29', '2025-02-28']);
	});

	test('is empty where nothing falls between', () => {
		const yearly = {
			cadence: 'yearly',
			anchor: { kind: 'date', month: 7, day: 1 },
			nextDate: '2026-07-01'
		} as const;
		expect(occurrencesBetween(yearly, '2026-07-02', '2027-06-30')).toEqual([]);
		expect(occurrencesBetween(yearly, '2026-07-02', '2026-07-01')).toEqual([]);
	});
});

describe('stateOf', () => {
	const dates = datesOf('monthly', { kind: 'day', day: 12 }, '2025-01-12', 12);
	const [series] = findSeries(paid(dates, -999), '2025-12-12');

	test.each([
		['2025-12-13', 'active'],
		['2026-01-08', 'active'],
		['2026-01-09', 'due'],
		['2026-01-16', 'due'],
		['2026-01-17', 'late'],
		['2026-01-20', 'late'],
		['2026-01-21', 'missed'],
		['2026-02-09', 'due'],
		['2026-02-18', 'late'],
		['2026-03-20', 'late'],
		['2026-03-21', 'ended']
	])('on %s: %s', (today, state) => {
		expect(series!.nextDate).toBe('2026-01-12');
		expect(stateOf(series!, today)).toBe(state);
	});
});
