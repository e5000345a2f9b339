import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAmount, parseDecimal, writeAmount } from '#lib/groups/amount-input.ts';
import { maxExpense } from '#lib/groups/limits.ts';

test.each([
	// typed, currency, English, German
	['24.70', 'EUR', 2470, 2470],
	['24,70', 'EUR', 2470, 2470],
	['24,7', 'EUR', 2470, 2470],
	['24', 'EUR', 2400, 2400],
	['.5', 'EUR', 50, 50],
	[',5', 'EUR', 50, 50],
	['5,', 'EUR', 500, 500],
	['1,234.50', 'EUR', 123450, 123450],
	['1.234,50', 'EUR', 123450, 123450],
	['1.234.567', 'EUR', 123456700, 123456700],
	['1 234,50', 'EUR', 123450, 123450],
	["1'234.50", 'CHF', 123450, 123450],
	['€ 24.70', 'EUR', 2470, 2470],
	['−3,20', 'EUR', -320, -320],
	// one mark and three digits: the language decides
	['1,234', 'EUR', 123400, null],
	['1.234', 'EUR', null, 123400],
	['1.234', 'KWD', 1234, 1234000],
	['1,234', 'KWD', 1234000, 1234],
	['0,234', 'KWD', 234, 234],
	['1.234', 'JPY', 1234, 1234],
	['1,234', 'JPY', 1234, 1234],
	['1234', 'JPY', 1234, 1234],
	['12.00', 'JPY', 12, 12],
	// what cannot be meant is not guessed
	['12.5', 'JPY', null, null],
	['24.705', 'EUR', null, 2470500],
	['1,23,456', 'EUR', null, null],
	['1.2.3,4,5', 'EUR', null, null],
	['', 'EUR', null, null],
	['.', 'EUR', null, null],
	['12 apples', 'EUR', null, null],
	['1e5', 'EUR', null, null],
	['999999999999', 'EUR', null, null]
])('%s %s', (typed, currency, english, german) => {
	expect(parseAmount(typed, currency, 'en')).toBe(english);
	expect(parseAmount(typed, currency, 'de')).toBe(german);
});

test('an amount that is written is read as the same, in every language and currency', () => {
	const money = fc.record({
		amount: fc.integer({ min: -maxExpense, max: maxExpense }),
		currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
		locale: fc.constantFrom('en', 'de')
	});
	fc.assert(
		fc.property(money, ({ amount, currency, locale }) => {
			expect(parseAmount(writeAmount(amount, currency, locale), currency, locale)).toBe(amount);
		})
	);
});

test('other numbers keep their decimals up to a limit', () => {
	expect(parseDecimal('33,3333', 'de', 4)).toBe('33.3333');
	expect(parseDecimal('33.33333', 'en', 4)).toBeNull();
	expect(parseDecimal('0,9250', 'de', 10)).toBe('0.925');
	expect(parseDecimal('007', 'en', 0)).toBe('7');
});
