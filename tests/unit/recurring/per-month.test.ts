import { expect, test } from 'vitest';
import { monthlyTotals, perMonth, perYear } from '#lib/recurring/per-month.ts';

test('a year of payments, spread over its months, makes what the year costs', () => {
	expect(perMonth(-1299, 'monthly')).toBe(-1299);
	expect(perMonth(-6000, 'quarterly')).toBe(-2000);
	expect(perMonth(-9000, 'yearly')).toBe(-750);
	expect(perMonth(-700, 'weekly') * 12).toBeCloseTo((-700 / 7) * 365.25, -1);
	expect(perMonth(-2990, 'fourweekly')).toBe(-3250);
});

test('totals keep currencies and directions apart', () => {
	const payments = [
		{ amount: -1000, currency: 'EUR', cadence: 'monthly' },
		{ amount: -1200, currency: 'EUR', cadence: 'yearly' },
		{ amount: 250_000, currency: 'EUR', cadence: 'monthly' },
		{ amount: -500, currency: 'USD', cadence: 'monthly' }
	] as const;
	expect(monthlyTotals(payments)).toEqual([
		{ currency: 'EUR', out: -1100, in: 250_000 },
		{ currency: 'USD', out: -500, in: 0 }
	]);
});

test('the same in a year', () => {
	expect(perYear(-1299, 'monthly')).toBe(-15_588);
	expect(perYear(-6000, 'quarterly')).toBe(-24_000);
	expect(perYear(-9000, 'yearly')).toBe(-9000);
	expect(perYear(-700, 'weekly')).toBe(-36_525);
});
