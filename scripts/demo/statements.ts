/** Statements the way three kinds of banks write them. */
import type { Statement } from '../support/remote.ts';
import { latestFirst, type Booking } from './bookings.ts';

const encode = (text: string, encoding: 'utf8' | 'latin1' = 'utf8') =>
	Uint8Array.from(Buffer.from(text, encoding));

const decimals = (amount: number, locale: string) =>
	(amount / 100).toLocaleString(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** Semicolons, the day first, a decimal comma, lines above the headings, an encoding of before Unicode. */
export function germanStatement(name: string, iban: string, bookings: readonly Booking[]): Statement {
	const lines = latestFirst(bookings).map(({ date, text, amount }) => {
		const [year, month, day] = date.split('-');
		const [payee, ...purpose] = text.split(' / ');
		return `"${day}.${month}.${year}";"${payee}";"${purpose.join(' ')}";"${decimals(amount, 'de-DE')}";"EUR"`;
	});
	const head = [`"Konto";"${iban}"`, '', '"Buchungstag";"Empfänger";"Verwendungszweck";"Betrag";"Währung"'];
	return { name, bytes: encode([...head, ...lines, ''].join('\r\n'), 'latin1') };
}

/** Commas, the day first, money out and money in in columns of their own, a running balance. */
export function irishStatement(name: string, opening: number, bookings: readonly Booking[]): Statement {
	let balance = opening;
	const lines = latestFirst(bookings)
		.toReversed()
		.map(({ date, text, amount }) => {
			balance += amount;
			const [year, month, day] = date.split('-');
			const money = (value: number) => (value / 100).toFixed(2);
			const [out, into] = amount < 0 ? [money(-amount), ''] : ['', money(amount)];
			return `${day}/${month}/${year},"${text}",${out},${into},${money(balance)}`;
		});
	return { name, bytes: encode(['Date,Details,Debit,Credit,Balance', ...lines, ''].join('\n')) };
}

/** Commas, the month first, one signed column: a card in dollars. */
export function dollarStatement(name: string, bookings: readonly Booking[]): Statement {
	const lines = latestFirst(bookings).map(({ date, text, amount }) => {
		const [year, month, day] = date.split('-');
		return `${month}/${day}/${year},"${text}",${(amount / 100).toFixed(2)},USD`;
	});
	return { name, bytes: encode(['Transaction Date,Description,Amount,Currency', ...lines, ''].join('\n')) };
}
