/** Statements as banks write them, of our own making, up to yesterday. */
import { addDays, addMonths } from '#lib/dates.ts';
import { bookings, file, statement, type Booking, type File } from '../../support/statement.ts';

export const today = new Date().toISOString().slice(0, 10);

export type { Booking, File };

/** The same payment in each of the last months, the latest not after yesterday. */
function everyMonth(text: string, amount: number, day: string, months: number): Booking[] {
	const this_ = `${today.slice(0, 7)}-${day}`;
	const latest = this_ < today ? this_ : addMonths(this_, -1);
	return Array.from({ length: months }, (_, n) => ({ date: addMonths(latest, -n), text, amount }));
}

const shops: [string, number][] = [
	['REWE Markt Berlin', -4_310],
	['Lidl sagt Danke', -2_765],
	['dm-drogerie markt', -1_345],
	['Shell Tankstelle', -5_800],
	['Backhaus Sommer', -480],
	['Deutsche Bahn Fernverkehr', -3_990],
	['Zqvx 0815 Vrbl', -1_111]
];

/** Half a year of a household: rent, salary, streaming and a gym each month, and a shop every third day. */
export function household(): Booking[] {
	const everyday = Array.from({ length: 60 }, (_, n): Booking => {
		const [text, amount] = shops[n % shops.length]!;
		return { date: addDays(today, -1 - 3 * n), text, amount: amount - ((n * 53) % 400) };
	});
	return [
		...everyday,
		...everyMonth('Miete Hausverwaltung Linden', -98_000, '01', 6),
		...everyMonth('Netflix International', -1_399, '05', 6),
		...everyMonth('McFit Fitnessstudio', -2_490, '12', 6),
		...everyMonth('Gehalt Nordlicht GmbH', 312_000, '27', 6)
	].sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0));
}

const german = (amount: number): string =>
	(amount / 100).toLocaleString('de-DE', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** The way German banks export: semicolons, the day first, a decimal comma, an encoding of before Unicode. */
export function germanStatement(bookings: readonly Booking[], name = 'umsaetze_giro.csv'): File {
	const rows = bookings.map(({ date, text, amount }) => {
		const [year, month, day] = date.split('-');
		return `${day}.${month}.${year};${text};"${german(amount)}";EUR`;
	});
	const text = ['Buchungstag;Empfänger/Zahlungspflichtiger;Betrag;Währung', ...rows].join('\r\n');
	return { name, bytes: Uint8Array.from(Buffer.from(`${text}\r\n`, 'latin1')) };
}

/** Rows of which nobody can tell whether the day or the month comes first. */
export const ambiguousStatement = (): File =>
	file(
		[
			'Date,Description,Amount',
			'03/04/2026,Corner Bakery,-4.80',
			'05/04/2026,Green Grocer,-31.20',
			'06/05/2026,City Tram,-2.90',
			'07/06/2026,Old Cinema,-11.00',
			'08/07/2026,Employer,2100.00'
		].join('\n'),
		'holiday-card.csv'
	);

/** A plain statement of that many rows. */
export const longStatement = (rows: number, name = 'long.csv'): File =>
	statement(bookings(rows, { from: '2018-01-01', perDay: 10 }), name);

/** A picture that calls itself a statement. */
export const pictureNamedCsv = (): File => ({
	name: 'statement.csv',
	bytes: Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...new Array<number>(400).fill(0)])
});

export const emptyFile = (): File => file('', 'empty.csv');

/** One MiB over what is taken. */
export const hugeFile = (): File => ({
	name: 'decade.csv',
	bytes: new Uint8Array(26 * 1024 * 1024).fill(0x61)
});
