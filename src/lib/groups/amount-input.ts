/** Numbers as people type them: "24,70", "1.234,50", "12.5". */
import { minorDigits, toDecimal, toMinor } from '#lib/money.ts';
import { maxExpense } from './limits.ts';

/** How a language writes the decimal mark: "." or ",". */
export function decimalMark(locale: string): '.' | ',' {
	const part = new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === 'decimal');
	return part?.value === ',' ? ',' : '.';
}

/**
 * A typed number as a plain decimal text ("-1234.5"), or null when it is none or has more than `places` decimals. Both marks
 * are understood; where one could be either ("1.234"), the language decides. Nothing is rounded: what was meant is asked for.
 */
export function parseDecimal(typed: string, locale: string, places: number): string | null {
	const text = typed.replaceAll(/[\s'’\p{Sc}]/gu, '').replace(/^[−–]/, '-');
	const [, sign, body] = /^([+-]?)([\d.,]+)$/.exec(text) ?? [];
	if (!body || !/\d/.test(body)) return null;
	const at = decimalAt(body, decimalMark(locale), places);
	if (at === null) return null;
	const whole = at === -1 ? body : body.slice(0, at);
	const fraction = at === -1 ? '' : body.slice(at + 1).replace(/0+$/, '');
	if (!isGrouped(whole) || fraction.length > places || !/^\d*$/.test(fraction)) return null;
	const digits = whole.replaceAll(/[.,]/g, '').replace(/^0+(?=\d)/, '') || '0';
	return (sign === '-' ? '-' : '') + digits + (fraction && `.${fraction}`);
}

/** Where the decimal mark is; -1 where there is none, null where the marks make no sense. */
function decimalAt(body: string, own: '.' | ',', places: number): number | null {
	const marks = [...body].filter((letter) => letter === '.' || letter === ',');
	if (marks.length === 0) return -1;
	const last = Math.max(body.lastIndexOf('.'), body.lastIndexOf(','));
	const kinds = new Set(marks);
	if (kinds.size === 2) return marks.filter((mark) => mark === body[last]).length === 1 ? last : null;
	if (marks.length > 1) return -1;
	const looksGrouped = /^[1-9]\d{0,2}[.,]\d{3}$/.test(body);
	// "1,234" where the comma is not the decimal mark. With "12,5" there is only one thing it can be.
	if (body[last] !== own && looksGrouped) return -1;
	// A dot of habit in a currency without decimals: 1.234 yen are a thousand.
	if (looksGrouped && places === 0) return -1;
	return last;
}

/** Digits with nothing between them, or one and the same mark before every three. */
const isGrouped = (whole: string): boolean => /^(?:\d*|\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*)$/.test(whole);

/**
 * A typed amount in minor units; null when it is no amount, has more decimals than the currency, or is more than an expense
 * can be.
 */
export function parseAmount(typed: string, currency: string, locale: string): number | null {
	const decimal = parseDecimal(typed, locale, minorDigits(currency));
	const minor = decimal === null ? null : toMinor(decimal, currency);
	return minor === null || Math.abs(minor) > maxExpense ? null : minor;
}

/** A plain decimal text the way it is typed: (“24.7”, de) → “24,7”. */
export const writeDecimal = (decimal: string, locale: string): string =>
	decimal.replace('.', decimalMark(locale));

/** An amount the way it is typed: with the language's decimal mark, without anything between thousands. */
export const writeAmount = (amount: number, currency: string, locale: string): string =>
	writeDecimal(toDecimal(amount, currency), locale);
