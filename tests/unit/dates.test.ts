import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	addDays,
	addMonths,
	civilOf,
	compareDates,
	dayOf,
	daysBetween,
	fromDay,
	lastDayOfMonth,
	toDay,
	weekday
} from '#lib/dates.ts';

describe('civil dates', () => {
	test('agree with the platform on every day number', () => {
		fc.assert(
			fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (day) => {
				const text = new Date(day * 86_400_000).toISOString();
				fc.pre(/^\d{4}-/.test(text));
				expect(fromDay(day)).toBe(text.slice(0, 10));
				expect(toDay(fromDay(day))).toBe(day);
				const { year, month, day: dayOfMonth } = civilOf(day);
				expect(dayOf(year, month, dayOfMonth)).toBe(day);
				expect(weekday(fromDay(day))).toBe(new Date(day * 86_400_000).getUTCDay() || 7);
			})
		);
	});

	test('months are added to the same day or, where there is none, the last', () => {
		expect(addMonths('2024-01-31', 1)).toBe('2024-02-29');
		expect(addMonths('2023-01-31', 1)).toBe('2023-02-28');
		expect(addMonths('2024-03-31', -1)).toBe('2024-02-29');
		expect(addMonths('2024-11-15', 14)).toBe('2026-01-15');
		expect(addMonths('2024-01-15', -13)).toBe('2022-12-15');
	});

	test('February follows the leap years', () => {
		expect([1900, 2000, 2023, 2024].map((year) => lastDayOfMonth(year, 2))).toEqual([28, 29, 28, 29]);
		expect(lastDayOfMonth(2026, 4)).toBe(30);
		expect(lastDayOfMonth(2026, 12)).toBe(31);
	});

	test('days are added and counted across months and years', () => {
		expect(addDays('2025-12-31', 1)).toBe('2026-01-01');
		expect(addDays('2024-03-01', -1)).toBe('2024-02-29');
		expect(daysBetween('2024-02-01', '2024-03-01')).toBe(29);
		expect(daysBetween('2024-03-01', '2024-02-01')).toBe(-29);
		expect(['2026-01-02', '2025-12-31'].sort(compareDates)).toEqual(['2025-12-31', '2026-01-02']);
	});
});
