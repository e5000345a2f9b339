import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactly, formatMoney, isCurrency, maxMinor, minorDigits, toDecimal, toMinor } from '#lib/money.ts';

describe('minor units', () => {
	it.each([
		['EUR', 2],
		['JPY', 0],
		['KWD', 3],
		['HUF', 2],
		['IDR', 2],
		['CLF', 4]
	])('%s has %i decimals', (currency, digits) => {
		expect(minorDigits(currency)).toBe(digits);
	});

	it.each([
		['-1234.5', 'USD', -123450],
		['1234', 'JPY', 1234],
		['0.001', 'KWD', 1],
		['0.005', 'EUR', 1],
		['-0.005', 'EUR', -1],
		['0.0049', 'EUR', 0],
		['-0.004', 'EUR', 0],
		['.5', 'EUR', null],
		['1,5', 'EUR', null],
		['', 'EUR', null],
		['90071992547409.92', 'EUR', null]
	])('reads %s %s as %s', (decimal, currency, minor) => {
		expect(toMinor(decimal, currency)).toBe(minor);
	});

	it('writes what it reads, whatever the amount and the currency', () => {
		const currency = fc.constantFrom('EUR', 'JPY', 'KWD', 'HUF', 'CLF');
		fc.assert(
			fc.property(fc.integer({ min: -maxMinor, max: maxMinor }), currency, (amount, currency) => {
				expect(toMinor(toDecimal(amount, currency), currency)).toBe(amount);
			}),
			{ numRuns: 20_000 }
		);
	});

	it('shows every unit of amounts that a float would round', () => {
		expect(formatMoney(maxMinor, 'EUR', 'en-GB')).toBe('€90,071,992,547,409.91');
		expect(formatMoney(-5, 'HUF', 'en-GB')).toBe('-HUF\u00a00.05');
	});

	it('knows currencies in use', () => {
		expect(['EUR', 'USD', 'JPY'].map(isCurrency)).toEqual([true, true, true]);
		expect(['EURO', 'eur', 'ABC', ''].map(isCurrency)).toEqual([false, false, false, false]);
	});

	it('takes a sum for the number that it is, or not at all', () => {
		expect(exactly(-12n)).toBe(-12);
		expect(exactly(BigInt(maxMinor))).toBe(maxMinor);
		for (const sum of [BigInt(maxMinor) + 1n, -BigInt(maxMinor) - 2n, 2 ** 53, 10n ** 30n]) {
			expect(() => exactly(sum)).toThrow(RangeError);
		}
	});
});
