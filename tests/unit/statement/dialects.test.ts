import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detect } from '#lib/statement/detect.ts';
import { readRows } from '#lib/statement/read.ts';
import { dialect, print, rowsOf } from './dialects.ts';
import { encode } from './shapes.ts';

describe('any dialect', () => {
	it('reads back what was written, or asks', () => {
		fc.assert(
			fc.property(rowsOf(1), dialect, (made, d) => {
				// A card that prints spending as positive is told by most of its rows being that.
				const rows =
					d.sign === 'inverted'
						? made.map((r, i) => ({ ...r, amount: i % 5 === 4 ? r.amount : -Math.abs(r.amount) }))
						: made;
				const bytes = encode(print(rows, d), d.encoding);
				const { mapping, questions } = detect(bytes, { defaultCurrency: 'EUR' });
				if (questions.length > 0) return;
				const read = [...readRows(bytes, mapping)].map((r) =>
					r.outcome === 'ok' ? { date: r.date, amount: r.amount, description: r.description } : r
				);
				expect(read).toEqual(d.newestFirst ? rows.toReversed() : rows);
			}),
			{ numRuns: 400 }
		);
	}, 120_000);

	it('asks in few of them, when there are rows enough to tell', () => {
		const many = rowsOf(15);
		const plain = dialect.filter((d) => d.titles !== null && d.sign !== 'inverted');
		const asked = fc.sample(fc.tuple(many, plain), { numRuns: 100, seed: 7 }).filter(([rows, d]) => {
			const negative = rows.map((r) => ({
				...r,
				amount: r.amount > 3_000_000 ? r.amount : -Math.abs(r.amount)
			}));
			return detect(encode(print(negative, d), d.encoding), { defaultCurrency: 'EUR' }).questions.length > 0;
		});
		expect(asked.length).toBeLessThan(5);
	}, 60_000);

	it('never fails but by its own errors, whatever the bytes', () => {
		fc.assert(
			fc.property(
				fc.uint8Array({ maxLength: 400 }),
				fc.string({ maxLength: 300, unit: 'binary' }),
				(bytes, text) => {
					for (const source of [bytes, text]) {
						try {
							const { mapping } = detect(source, { defaultCurrency: 'EUR' });
							Array.from(readRows(source, mapping));
						} catch (error) {
							expect(error).toMatchObject({ name: 'StatementError' });
						}
					}
				}
			),
			{ numRuns: 150 }
		);
	}, 60_000);
});
