import type { DecimalMark } from './types.ts';

/**
 * Reads a printed amount into minor units: `digits` is how many the currency has. Knows signs before and behind, unicode
 * minus, parentheses, DR/CR, currency marks, and thousands marks (checked: "1.23.4" is no number). Decimals beyond the
 * currency's own are rounded half away from zero. NaN when the text is no amount under this decimal mark.
 */
export function readAmount(text: string, decimal: DecimalMark, digits: number): number {
	const plain = readPlain(text, decimal === '.' ? 46 : 44, digits);
	return Number.isNaN(plain) ? readPrinted(text, decimal, digits) : plain;
}

/** The common form, "-1234.56", without any allocation. */
function readPlain(text: string, mark: number, digits: number): number {
	const length = text.length;
	let i = 0;
	let negative = false;
	const first = text.charCodeAt(0);
	if (first === 45 || first === 43) {
		negative = first === 45;
		i = 1;
	}
	if (i >= length || length - i > 16) return NaN;
	let value = 0;
	let fraction = -1;
	for (; i < length; i++) {
		const c = text.charCodeAt(i);
		if (c >= 48 && c <= 57) {
			value = value * 10 + (c - 48);
			if (fraction >= 0) fraction++;
		} else if (c === mark && fraction < 0) fraction = 0;
		else return NaN;
	}
	const scaled = scale(value, Math.max(fraction, 0), digits);
	return negative && scaled !== 0 ? -scaled : scaled;
}

/** True for a non-zero decimal beyond those of the currency: "2.345" of two, but not "2.340". */
export function exceedsDecimals(text: string, decimal: DecimalMark, digits: number): boolean {
	const at = text.indexOf(decimal);
	if (at === -1 || text.length - at - 1 <= digits) return false;
	const fraction = (decimal === '.' ? /\.(\d+)\D*$/u : /,(\d+)\D*$/u).exec(text)?.[1] ?? '';
	return /[1-9]/u.test(fraction.slice(digits));
}

function scale(value: number, fraction: number, digits: number): number {
	if (fraction === digits) return value;
	const scaled =
		fraction < digits
			? value * 10 ** (digits - fraction)
			: Math.floor(value / 10 ** (fraction - digits) + 0.5);
	return Number.isSafeInteger(scaled) ? scaled : NaN;
}

/** A printed amount taken apart. `digits` is the bare number, `,` and `.` as printed. */
export type PrintedAmount = {
	negative: boolean;
	/** Says by a plus or CR that it is money in, or by DR that it is money out. */
	signed: boolean;
	/** DR or CR behind the number. */
	side: 'debit' | 'credit' | null;
	number: string;
	/** Text around the number: "$", "EUR", "". */
	mark: string;
};

const spaces = /[\s\u00a0\u2007\u202f\u2009]+/gu;
const printed =
	/^([-+]?)\s*(\p{Sc}|[A-Z]{1,3}\p{Sc}|\p{L}{1,3}\.?)?\s*([-+]?)\s*((?:\d[\d.,'’`\s]*)?\d|[.,]\d+|\d+[.,])\s*([-+]?)\s*(\p{Sc}|\p{L}{1,4}\.?)?\s*([-+]?)$/u;

/** Takes a printed amount apart without deciding its decimal mark; null when it is not shaped like one. */
export function printedAmount(text: string): PrintedAmount | null {
	if (text.length > 40) return null;
	let s = text.replace(spaces, ' ').trim();
	if (s === '') return null;
	s = s
		.replace(/^'/u, '')
		.replace(/[−–‒﹣－]/gu, '-')
		.replace(/＋/gu, '+');
	let negative = false;
	const bracketed = /^(\p{Sc}|[A-Z]{3}\s?)?\((.+)\)$/u.exec(s);
	if (bracketed) {
		negative = true;
		s = (bracketed[1] ?? '') + bracketed[2]!;
	}
	s = s.replace(/([.,])[-–—]{1,2}$/u, ''); // Swiss "5.–" and "5,-"
	const m = printed.exec(s);
	if (!m) return null;
	const signs = [m[1], m[3], m[5], m[7]].filter(Boolean);
	if (signs.length > 1) return null;
	let mark = m[2] ?? '';
	let side: PrintedAmount['side'] = null;
	const tail = (m[6] ?? '').toUpperCase().replace('.', '');
	if (tail === 'DR' || tail === 'D' || tail === 'DB' || tail === 'S') side = 'debit';
	else if (tail === 'CR' || tail === 'C' || tail === 'H' || tail === 'K') side = 'credit';
	else if (tail !== '') {
		if (mark !== '') return null;
		mark = m[6]!;
	}
	// A letter or two that is no currency makes it a code ("A 12"), not an amount.
	if (/^\p{L}{1,2}$/u.test(mark) && !/^(kr|ft|tl|fr|rs|lv|лв|kč|zł|元|円|р|₽)$/iu.test(mark)) return null;
	if (side === 'debit' || signs[0] === '-') negative = true;
	return { negative, signed: negative || side !== null || signs[0] === '+', side, number: m[4]!, mark };
}

function readPrinted(text: string, decimal: DecimalMark, digits: number): number {
	const amount = printedAmount(text);
	if (!amount) return NaN;
	const plain = plainNumber(amount.number, decimal);
	if (plain === null) return NaN;
	const value = readPlain(plain, 46, digits);
	return amount.negative && value !== 0 ? -value : value;
}

/** Drops the thousands marks, which must be of one kind and stand where they belong; null when they do not. */
function plainNumber(number: string, decimal: DecimalMark): string | null {
	const at = number.lastIndexOf(decimal);
	if (at !== -1 && number.indexOf(decimal) !== at) return null;
	const whole = at === -1 ? number : number.slice(0, at);
	const fraction = at === -1 ? '' : number.slice(at + 1);
	if (/\D/u.test(fraction)) return null;
	const marks = whole.replace(/\d/gu, '');
	if (marks !== '') {
		const mark = marks[0]!;
		if (marks !== mark.repeat(marks.length)) return null;
		const groups = whole.split(mark);
		// Groups of three; India writes 12,34,567.
		if (groups[0]!.length > 3 || groups[0] === '' || groups.at(-1)!.length !== 3) return null;
		const inner = groups.slice(1, -1);
		if (!inner.every((g) => g.length === 3) && !(mark === ',' && inner.every((g) => g.length === 2)))
			return null;
		return fraction === '' ? groups.join('') : `${groups.join('')}.${fraction}`;
	}
	if (whole === '' && fraction === '') return null;
	return fraction === '' ? whole : `${whole === '' ? '0' : whole}.${fraction}`;
}

/** What a printed number says about the decimal mark: sure of one, impossible under one, or open ("1.234", "12"). */
export function decimalHint(number: string): DecimalMark | 'open' | 'none' {
	const dot = number.lastIndexOf('.');
	const comma = number.lastIndexOf(',');
	if (dot === -1 && comma === -1) return 'none';
	if (dot !== -1 && comma !== -1) return dot > comma ? '.' : ',';
	const mark = dot !== -1 ? '.' : ',';
	const other = mark === '.' ? ',' : '.';
	const parts = number.split(mark);
	if (parts.length > 2) return other;
	const [whole, fraction] = parts as [string, string];
	const open = fraction.length === 3 && /^[1-9]\d{0,2}$/u.test(whole);
	return open ? 'open' : mark;
}
