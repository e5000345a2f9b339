/**
 * Money is a whole number of minor units and an ISO 4217 currency: 12.34 USD is { amount: 1234, currency: 'USD' },
 * 1200 JPY is { amount: 1200, currency: 'JPY' }, 1.234 KWD is { amount: 1234, currency: 'KWD' }.
 */

/** Largest amount the API carries: beyond it a JSON number would no longer be exact. */
export const maxMinor = Number.MAX_SAFE_INTEGER;

/**
 * The number that a sum of minor units is. Throws a RangeError where no number is exactly that: what is wrong by a unit must not
 * be shown.
 */
export function exactly(sum: bigint | number): number {
	const amount = Number(sum);
	if (Number.isSafeInteger(amount)) return amount;
	throw new RangeError(`${sum} minor units are more than a number holds exactly`);
}

// Source: ISO 4217, list one. Everything else in use has two decimals. Intl is no help: it follows custom, which gives the
// forint, the rupiah and a dozen others none.
const unusualDigits: ReadonlyMap<string, number> = new Map([
	...['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV'].map(
		(code) => [code, 0] as const
	),
	...['XAF', 'XOF', 'XPF'].map((code) => [code, 0] as const),
	...['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((code) => [code, 3] as const),
	...['CLF', 'UYW'].map((code) => [code, 4] as const)
]);

/** How many decimals a currency has (source: ISO 4217). */
export const minorDigits = (currency: string): number => unusualDigits.get(currency) ?? 2;

/** True for three letters that Intl accepts as a currency code in use. */
export function isCurrency(code: string): boolean {
	return /^[A-Z]{3}$/.test(code) && known.has(code);
}
const known = new Set(Intl.supportedValuesOf('currency'));

/**
 * Turns a plain decimal text ("-1234.5", "1234", "0.001") into minor units, rounding half away from zero where the text
 * has more decimals than the currency. Null when the text is no such number or is beyond {@link maxMinor}.
 */
export function toMinor(decimal: string, currency: string): number | null {
	const m = /^([+-]?)(\d+)(?:\.(\d*))?$/.exec(decimal);
	if (!m) return null;
	const digits = minorDigits(currency);
	const fraction = (m[3] ?? '').padEnd(digits + 1, '0');
	let minor = Number(m[2]! + fraction.slice(0, digits));
	if (fraction.charCodeAt(digits) >= 53) minor += 1; // '5' or more
	if (!Number.isSafeInteger(minor)) return null;
	return m[1] === '-' && minor !== 0 ? -minor : minor;
}

/** The plain decimal text of an amount, with the currency's own number of digits: (-1234, 'USD') → "-12.34". */
export function toDecimal(amount: number, currency: string): string {
	const digits = minorDigits(currency);
	const text = String(Math.abs(amount)).padStart(digits + 1, '0');
	const sign = amount < 0 ? '-' : '';
	return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

const formats = new Map<string, Intl.NumberFormat>();

/** An amount as people read it, in their locale. `sign: 'always'` also shows a plus (for incoming money). */
export function formatMoney(
	amount: number,
	currency: string,
	locale: string,
	options: { sign?: 'auto' | 'always' } = {}
): string {
	const sign = options.sign ?? 'auto';
	const key = `${locale} ${currency} ${sign}`;
	let format = formats.get(key);
	if (!format) {
		format = new Intl.NumberFormat(locale, {
			style: 'currency',
			currency,
			minimumFractionDigits: minorDigits(currency),
			maximumFractionDigits: minorDigits(currency),
			signDisplay: sign === 'always' ? 'exceptZero' : 'auto'
		});
		formats.set(key, format);
	}
	// A decimal string keeps Intl exact where a division would not be.
	return format.format(toDecimal(amount, currency) as unknown as number);
}
