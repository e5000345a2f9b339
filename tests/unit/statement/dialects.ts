import fc from 'fast-check';
import type { DateOrder, DecimalMark, Delimiter } from '#lib/statement/types.ts';

export type Row = { date: string; amount: number; description: string };
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

/** Month first goes with English and the decimal point: elsewhere nobody writes it, and no reader could tell. */
const plausible = (d: Dialect) =>
	d.order !== 'mdy' || (d.decimal === '.' && (d.titles === null || d.titles === languages[0]));

const dialectFields = fc.record({
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
type Dialect = typeof dialectFields extends fc.Arbitrary<infer T> ? T : never;
export const dialect = dialectFields.filter(plausible);

const words = [
	'Bäckerei Müller',
	'Grocer 12',
	'Tea, cake; pie',
	'Café "Zentral"',
	'Acme',
	'Flat 3/4',
	'Übertrag',
	'Kiosk|Bar',
	'Smith & Sons'
];
/** At least so many bookings, oldest first. */
export const rowsOf = (minLength: number) =>
	fc
		.array(
			fc.record({
				day: fc.integer({ min: 0, max: 700 }),
				amount: fc.integer({ min: -5_000_000, max: 5_000_000 }).filter((n) => n !== 0),
				description: fc.constantFrom(...words)
			}),
			{ minLength, maxLength: 40 }
		)
		.map((rows) =>
			rows
				.sort((a, b) => a.day - b.day)
				.map(({ day, amount, description }): Row => {
					return {
						date: new Date(Date.UTC(2022, 0, 1 + day)).toISOString().slice(0, 10),
						amount,
						description
					};
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

export function print(rows: Row[], d: Dialect): string {
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
