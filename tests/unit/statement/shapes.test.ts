import { describe, expect, it } from 'vitest';
import { toDecimal } from '#lib/money.ts';
import { detect } from '#lib/statement/detect.ts';
import { readRows } from '#lib/statement/read.ts';
import { sniff } from '#lib/statement/sniff.ts';
import { continentShapes } from './shapes-continent.ts';
import { englishShapes } from './shapes-english.ts';
import { encode } from './shapes.ts';

describe('layouts of statements', () => {
	it.each([...englishShapes, ...continentShapes])(
		'$name',
		({ text, encoding, defaultCurrency, rows, asks }) => {
			const bytes = encode(text, encoding);
			expect(sniff(bytes)).toEqual({ ok: true, format: 'csv' });
			const { mapping, questions } = detect(bytes, { defaultCurrency: defaultCurrency ?? 'USD' });
			if (asks) {
				expect(questions).not.toEqual([]);
				return;
			}
			const read = [...readRows(bytes, mapping)].filter((row) => row.outcome === 'ok');
			const wanted = (rows ?? []).map((row) => {
				const [date, amount, currency, ...words] = row.split(' ');
				return {
					date,
					amount: Number(amount),
					currency,
					description: expect.stringContaining(words.join(' ')) as string
				};
			});
			const found = read.map(({ date, amount, currency, description }) => {
				return { date, amount: Number(toDecimal(amount, currency)), currency, description };
			});
			expect({ rows: found, questions }).toEqual({ rows: wanted, questions: [] });
		}
	);
});
