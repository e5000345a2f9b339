import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detect } from '#lib/statement/detect.ts';
import { readRows } from '#lib/statement/read.ts';
import type { DateOrder, DecimalMark, Delimiter } from '#lib/statement/types.ts';
import { encode } from './shapes.ts';

type Row = { date: string; amount: number; description: string };
type Titles = { date: string; text: string; amount: string; out: string; into: string; balance: string };

const languages: Titles[] = [
	{ date: 'Date', text: 'Description', amount: 'Amount', out: 'Debit', into: 'Credit', balance: 'Balance' },
	{
		date: 'Buchungstag',
		text: 'Verwendungszweck',
		amount: 'Betrag',
		out: 'Soll',
		into: 'Haben',
		balance: 'Saldo'
	},
	{ date: 'Date', text: 'Libellé', amount: 'Montant', out: 'Débit', into: 'Crédit', balance: 'Solde' },
	{ date: 'Fecha', text: 'Concepto', amount: 'Importe', out: 'Cargo', into: 'Abono', balance: 'Saldo' },
	{ date: 'Datum', text: 'Omschrijving', amount: 'Bedrag', out: 'Af', into: 'Bij', balance: 'Saldo' },
	{ date: 'Data', text: 'Descrizione', amount: 'Importo', out: 'Dare', into: 'Avere', balance: 'Saldo' }
];

const dialect = fc.record({
	delimiter: fc.constantFrom<Delimiter>(',', ';', '\t', '|'),
	decimal: fc.constantFrom<DecimalMark>('.', ','),
	thousands: fc.constantFrom('', 'mark', ' ', "'"),
	order: fc.constantFrom<DateOrder>('dmy', 'mdy', 'ymd'),
	mark: fc.constantFrom('/', '.', '-'),
	shortYear: fc.boolean(),
	sign: fc.constantFrom('signed', 'inverted', 'split', 'trailing', 'brackets'),
	encoding: fc.constantFrom('utf-8', 'windows-1252', 'utf-16le'),
	titles: fc.option(fc.constantFrom(...languages), { nil: null }),
	balance: fc.boolean(),
	newestFirst: fc.boolean(),
	lineBreak: fc.constantFrom('\n', '\r\n')
});
type Dialect = typeof dialect extends fc.Arbitrary<infer T> ? T : never;

const words = [
	'Bäckerei Müller',
	'Grocer 12',
	'Tea, cake; pie',
	'Café "Zentral"',
	'Acme payroll',
	'Rent 3/4',
	'Übertrag',
	'Kiosk|Bar',
	'Smith & Sons'
];
const rowsOf = fc
	.array(
		fc.record({
			day: fc.integer({ min: 0, max: 700 }),
			amount: fc.integer({ min: -5_000_000, max: 5_000_000 }).filter((n) => n !== 0),
			description: fc.constantFrom(...words)
		}),
		{ minLength: 1, maxLength: 40 }
	)
	.map((rows) =>
		rows
			.sort((a, b) => a.day - b.day)
			.map(({ day, amount, description }): Row => {
				return { date: new Date(Date.UTC(2022, 0, 1 + day)).toISOString().slice(0, 10), amount, description };
			})
	);

function printDate(date: string, d: Dialect): string {
	const [y, m, day] = date.split('-') as [string, string, string];
	const year = d.shortYear && d.order !== 'ymd' ? y.slice(2) : y;
	const parts = { dmy: [day, m, year], mdy: [m, day, year], ymd: [year, m, day] }[d.order];
	return parts.join(d.order === 'mdy' ? '/' : d.mark);
}

function printNumber(minor: number, d: Dialect): string {
	const [whole, fraction] = (Math.abs(minor) / 100).toFixed(2).split('.') as [string, string];
	const thousand = d.thousands === 'mark' ? (d.decimal === '.' ? ',' : '.') : d.thousands;
	return whole.replace(/\B(?=(\d{3})+$)/gu, thousand) + d.decimal + fraction;
}

function printAmount(minor: number, d: Dialect): string {
	const value = d.sign === 'inverted' ? -minor : minor;
	const number = printNumber(value, d);
	if (value >= 0) return number;
	if (d.sign === 'trailing') return `${number}-`;
	return d.sign === 'brackets' ? `(${number})` : `-${number}`;
}

function print(rows: Row[], d: Dialect): string {
	const quote = (cell: string) =>
		cell.includes(d.delimiter) || cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell;
	let balance = 100_000;
	const lines = rows.map((row) => {
		balance += row.amount;
		const money =
			d.sign === 'split'
				? row.amount < 0
					? [printNumber(row.amount, d), '']
					: ['', printNumber(row.amount, d)]
				: [printAmount(row.amount, d)];
		const rest = d.balance ? [balance < 0 ? `-${printNumber(balance, d)}` : printNumber(balance, d)] : [];
		return [printDate(row.date, d), row.description, ...money, ...rest];
	});
	if (d.newestFirst) lines.reverse();
	const t = d.titles;
	const titles = t
		? [
				[
					t.date,
					t.text,
					...(d.sign === 'split' ? [t.out, t.into] : [t.amount]),
					...(d.balance ? [t.balance] : [])
				]
			]
		: [];
	return [...titles, ...lines].map((cells) => cells.map(quote).join(d.delimiter)).join(d.lineBreak);
}

describe('any dialect', () => {
	it('reads back what was written, or asks', () => {
		fc.assert(
			fc.property(rowsOf, dialect, (rows, d) => {
				const bytes = encode(print(rows, d), d.encoding);
				const { mapping, questions } = detect(bytes, { defaultCurrency: 'EUR' });
				if (questions.length > 0) return;
				const read = [...readRows(bytes, mapping)].map((r) =>
					r.outcome === 'ok' ? { date: r.date, amount: r.amount, description: r.description } : r
				);
				expect(read).toEqual(d.newestFirst ? rows.toReversed() : rows);
			}),
			{ numRuns: 1500 }
		);
	});

	it('asks in few of them, when there are rows enough to tell', () => {
		const many = rowsOf.filter((rows) => rows.length >= 15);
		const plain = dialect.filter((d) => d.titles !== null && d.sign !== 'inverted');
		const asked = fc.sample(fc.tuple(many, plain), { numRuns: 300, seed: 7 }).filter(([rows, d]) => {
			const negative = rows.map((r) => ({
				...r,
				amount: r.amount > 3_000_000 ? r.amount : -Math.abs(r.amount)
			}));
			return detect(encode(print(negative, d), d.encoding), { defaultCurrency: 'EUR' }).questions.length > 0;
		});
		expect(asked.length).toBeLessThan(15);
	});

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
			{ numRuns: 500 }
		);
	});
});
