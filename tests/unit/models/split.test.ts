import { describe, expect, it } from 'vitest';
import { splitByMerchant } from '#models/split.ts';
import { readEntries } from '#models/examples.ts';

describe('rows held out by merchant', () => {
	const rows = readEntries()
		.filter((_, i) => i % 3 === 0)
		.flatMap(({ text }) =>
			[text, `POS PURCHASE ${text} 4411`, `${text.toUpperCase()} GMBH`].map((description) => ({
				description
			}))
		);

	it('are each in one part, a fifth of them in each', () => {
		const parts = [0, 1, 2, 3, 4].map((part) => splitByMerchant(rows, 5, part));
		for (const { train, test } of parts) {
			expect(train.length + test.length).toBe(rows.length);
			expect(test.length / rows.length).toBeGreaterThan(0.15);
			expect(test.length / rows.length).toBeLessThan(0.25);
		}
		expect(new Set(parts.flatMap(({ test }) => test)).size).toBe(rows.length);
	}, 30_000);

	it('leave no spelling of a merchant among the others', () => {
		const forms = ['TESCO STORES 6021 LONDON GB', 'Tesco', 'tesco express 4411', 'CARD PAYMENT TO TESCO PFS'];
		const { train, test } = splitByMerchant(
			forms.map((description) => ({ description })),
			5
		);
		expect([train.length, test.length]).toContain(forms.length);
	});
});
