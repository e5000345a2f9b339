import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { convert } from '#lib/groups/convert.ts';
import { maxMinor, minorDigits } from '#lib/money.ts';

// Thousands of cases, on whatever machine.
vi.setConfig({ testTimeout: 60_000 });

const size = (value: bigint): bigint => (value < 0n ? -value : value);

test('a converted amount is the nearest there is, and of two as near the even one', () => {
	const currency = fc.constantFrom('EUR', 'JPY', 'KWD', 'CLF');
	const rate = fc
		.tuple(fc.integer({ min: 0, max: 999_999_999 }), fc.stringMatching(/^\d{0,10}$/))
		.map(([whole, fraction]) => (fraction ? `${whole}.${fraction}` : String(whole)));
	const amount = fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.maxSafeInteger());
	const halves = fc.constantFrom('0.5', '1.5', '0.05', '0.25', '0.0005');
	fc.assert(
		fc.property(amount, currency, currency, fc.oneof(rate, halves), (from, a, b, stated) => {
			const result = convert(from, a, b, stated);
			const [whole = '', fraction = ''] = stated.split('.');
			// The exact result is top / bottom.
			const top = BigInt(from) * BigInt(whole + fraction) * 10n ** BigInt(minorDigits(b));
			const bottom = 10n ** BigInt(fraction.length + minorDigits(a));
			if (result === null) {
				const isZero = BigInt(whole + fraction) === 0n;
				expect(isZero || size(top) > BigInt(maxMinor) * bottom).toBe(true);
				return;
			}
			const off = 2n * size(BigInt(result) * bottom - top);
			expect(off <= bottom).toBe(true);
			if (off === bottom) expect(Math.abs(result % 2)).toBe(0);
		}),
		{ numRuns: 2000 }
	);
});

test('what is no rate gives nothing', () => {
	for (const rate of [
		'',
		'0',
		'0.000',
		'-1',
		'1,5',
		'1e3',
		'.5',
		'01',
		'1.12345678901',
		'NaN',
		'1234567890'
	]) {
		expect(convert(100, 'EUR', 'USD', rate)).toBeNull();
	}
	expect(convert(maxMinor, 'JPY', 'KWD', '2')).toBeNull();
});
