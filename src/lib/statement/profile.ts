import { decimalHint, printedAmount } from './amounts.ts';
import { currencyOf, sharedMark } from './currencies.ts';
import { dateParts } from './dates.ts';
import { directionOf, statusOf } from './words.ts';

/** What the cells of one column look like, over the sampled rows. Counts are of cells that are not empty. */
export type Profile = {
	filled: number;
	rows: number;
	distinct: number;
	dates: number;
	amounts: number;
	/** Amounts with a fraction, a sign or a currency mark: not merely digits. */
	marked: number;
	/** Digits that no amount looks like: long, or with leading zeros. */
	codes: number;
	negative: number;
	plus: number;
	sided: number;
	zero: number;
	directions: number;
	currencies: number;
	statuses: number;
	/** Words for "not yet booked", which also stand in place of a date. */
	pending: number;
	times: number;
	letters: number;
	ibans: number;
	textLength: number;
};

export function profileColumn(rows: string[][], column: number): Profile {
	const p: Profile = {
		filled: 0,
		rows: rows.length,
		distinct: 0,
		dates: 0,
		amounts: 0,
		marked: 0,
		codes: 0,
		negative: 0,
		plus: 0,
		sided: 0,
		zero: 0,
		directions: 0,
		currencies: 0,
		statuses: 0,
		pending: 0,
		times: 0,
		letters: 0,
		ibans: 0,
		textLength: 0
	};
	const seen = new Set<string>();
	for (const row of rows) {
		const cell = (row[column] ?? '').trim();
		if (cell === '' || /^[-–—/*]{2,}$/u.test(cell)) continue;
		p.filled++;
		seen.add(cell);
		inspect(p, cell);
	}
	p.distinct = seen.size;
	return p;
}

function inspect(p: Profile, cell: string): void {
	if (/\p{L}{2}/u.test(cell)) {
		p.letters++;
		p.textLength += cell.length;
	}
	if (directionOf(cell) !== null) p.directions++;
	if (currencyOf(cell) !== null || sharedMark(cell).length > 0) p.currencies++;
	const status = statusOf(cell);
	if (status !== null) p.statuses++;
	if (status === 'pending') p.pending++;
	if (isIban(cell)) p.ibans++;
	if (/^\d{1,2}[:.]\d{2}([:.]\d{2})?(\s?[AP]M)?$/iu.test(cell) && cell.includes(':')) p.times++;
	const date = dateParts(cell) !== null;
	if (date) p.dates++;
	const amount = /\d/u.test(cell) ? printedAmount(cell) : null;
	if (!amount) return;
	if (isCode(amount.number)) {
		p.codes++;
		return;
	}
	if (date && /^\d{8,}$/u.test(cell)) return;
	p.amounts++;
	const hint = decimalHint(amount.number);
	if (hint !== 'none' || amount.signed || amount.mark !== '') p.marked++;
	if (amount.negative) p.negative++;
	if (/^\s*\+/u.test(cell)) p.plus++;
	if (amount.side) p.sided++;
	if (!/[1-9]/u.test(amount.number)) p.zero++;
}

/** A number that is a name: an account, a cheque, a phone. */
function isCode(number: string): boolean {
	if (!/^\d+$/u.test(number)) return false;
	return number.length > 9 || (number.length > 1 && number.startsWith('0'));
}

export function isIban(text: string): boolean {
	return /^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/u.test(text.replace(/\s+/gu, ''));
}

const most = 0.8;

/** The kinds of content a column can carry; an empty column can carry any. */
export const looksLike = {
	date: (p: Profile) => p.dates > 0 && p.dates >= (p.filled - p.pending) * most && p.times < p.filled,
	amount: (p: Profile) => p.amounts > 0 && p.amounts >= p.filled * most,
	currency: (p: Profile) => p.currencies > 0 && p.currencies >= p.filled * most,
	direction: (p: Profile) => p.directions > 0 && p.directions >= p.filled * most,
	status: (p: Profile) => p.statuses > 0 && p.statuses >= p.filled * 0.5,
	text: (p: Profile) => p.letters > 0,
	empty: (p: Profile) => p.filled === 0
};
