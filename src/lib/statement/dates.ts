import type { DateOrder } from './types.ts';

/**
 * Reads a printed date (a time of day behind it is left aside) into YYYY-MM-DD, or null. `order` only decides where the
 * parts leave it open: a four-digit year in front, a month by name and 20240131 say it themselves. Two-digit years are
 * 1970 to 2069. Years before 1000 are taken for misprints.
 */
export function readDate(text: string, order: DateOrder): string | null {
	// 2024-01-31, the common form, without any allocation but the result.
	if (text.length >= 10 && text.charCodeAt(4) === 45 && text.charCodeAt(7) === 45) {
		const y = digits(text, 0, 4);
		const m = digits(text, 5, 7);
		const d = digits(text, 8, 10);
		if (y >= 0 && m >= 0 && d >= 0 && (text.length === 10 || !isDigit(text.charCodeAt(10)))) {
			if (!isRealDate(y, m, d)) return null;
			return text.length === 10 ? text : isTime(text.slice(10)) ? text.slice(0, 10) : null;
		}
	}
	const parts = dateParts(text);
	return parts === null ? null : resolve(parts, order);
}

/** The three numbers of a printed date in printed order; `fixed` when the print itself says which is which. */
export type DateParts = { a: number; b: number; c: number; fixed: DateOrder | null; mark: string };

const numeric = /^(\d{1,4})\s?([./:-]|\s)\s?(\d{1,2})\s?([./:-]|\s)\s?(\d{1,4})\.?(.*)$/su;
const named =
	/^(?:\p{L}{2,9}\.?,?\s+)?(\d{1,4})[\s.\-/]*(?:de\s+)?(\p{L}{3,}|\p{L}+(?=月))\.?[\s.,\-/']*(?:de\s+|del\s+)?(\d{1,4})\.?(.*)$/su;
const namedFirst =
	/^(?:\p{L}{2,9}\.?,?\s+)?(\p{L}{3,})\.?[\s.\-/]*(\d{1,2})(?:st|nd|rd|th)?[\s.,\-/']+(\d{2,4})(.*)$/su;

/** Takes a printed date apart; null when it is not shaped like one. */
export function dateParts(text: string): DateParts | null {
	const s = text.trim().replace(/^'/u, '');
	if (s.length < 5 || s.length > 48) return null;
	const first = s.charCodeAt(0);
	if (isDigit(first)) {
		const compact = /^(\d{4})(\d{2})(\d{2})(?:$|\d{4,6}(?:\.\d+)?(?:\[.*\])?$|[T\s]\d.*$)/u.exec(s);
		if (compact && plausibleYear(+compact[1]!)) {
			return { a: +compact[1]!, b: +compact[2]!, c: +compact[3]!, fixed: 'ymd', mark: '' };
		}
		const m = numeric.exec(s);
		if (m && (m[2] === m[4] || m[2]!.trim() === m[4]!.trim()) && isTime(m[6]!))
			return numericParts(m[1]!, m[3]!, m[5]!, m[2]!);
		const cjk = /^(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일](.*)$/su.exec(s);
		if (cjk && isTime(cjk[4]!)) return { a: +cjk[1]!, b: +cjk[2]!, c: +cjk[3]!, fixed: 'ymd', mark: '年' };
	}
	return namedParts(s);
}

function numericParts(a: string, b: string, c: string, mark: string): DateParts | null {
	if (a.length === 3 || c.length === 3) return null;
	if ((mark === ':' || mark.trim() === '') && a.length !== 4 && (c.length !== 4 || mark === ':')) return null;
	if (a.length === 4) return c.length > 2 ? null : { a: +a, b: +b, c: +c, fixed: 'ymd', mark };
	if (c.length === 1 && mark !== '-' && mark !== '/') return null;
	return { a: +a, b: +b, c: c.length === 4 ? +c : fullYear(+c), fixed: null, mark };
}

function namedParts(s: string): DateParts | null {
	const m = named.exec(s);
	if (m) {
		const month = monthNumber(m[2]!);
		if (month === 0 || !isTime(m[4]!)) return null;
		if (m[1]!.length === 4) return { a: +m[1]!, b: month, c: +m[3]!, fixed: 'ymd', mark: 'name' };
		if (m[1]!.length === 3 || m[3]!.length === 3) return null;
		return {
			a: +m[1]!,
			b: month,
			c: m[3]!.length === 4 ? +m[3]! : fullYear(+m[3]!),
			fixed: 'dmy',
			mark: 'name'
		};
	}
	const f = namedFirst.exec(s);
	if (!f || f[3]!.length === 3 || !isTime(f[4]!)) return null;
	const month = monthNumber(f[1]!);
	if (month === 0) return null;
	return {
		a: month,
		b: +f[2]!,
		c: f[3]!.length === 4 ? +f[3]! : fullYear(+f[3]!),
		fixed: 'mdy',
		mark: 'name'
	};
}

/** The date that parts stand for under an order; null when there is no such day. */
export function resolve(parts: DateParts, order: DateOrder): string | null {
	const { a, b, c } = parts;
	const used = parts.fixed ?? order;
	if (used === 'ymd') {
		if (parts.fixed === 'ymd') return civil(a, b, c);
		return c > 1969 && c % 100 > 31 ? null : civil(fullYear(a), b, c % 100);
	}
	return used === 'dmy' ? civil(c, b, a) : civil(c, a, b);
}

function civil(y: number, m: number, d: number): string | null {
	if (!isRealDate(y, m, d)) return null;
	return `${y}-${m < 10 ? '0' : ''}${m}-${d < 10 ? '0' : ''}${d}`;
}

function fullYear(two: number): number {
	return two >= 1000 ? two : two < 70 ? 2000 + two : 1900 + two;
}

function plausibleYear(y: number): boolean {
	return y >= 1900 && y < 2100;
}

const monthDays = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isRealDate(y: number, m: number, d: number): boolean {
	if (y < 1000 || y > 2999 || m < 1 || m > 12 || d < 1 || d > monthDays[m - 1]!) return false;
	return m !== 2 || d < 29 || (y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0));
}

function isDigit(c: number): boolean {
	return c >= 48 && c <= 57;
}

function digits(text: string, from: number, to: number): number {
	let n = 0;
	for (let i = from; i < to; i++) {
		const c = text.charCodeAt(i);
		if (!isDigit(c)) return -1;
		n = n * 10 + (c - 48);
	}
	return n;
}

const time =
	/^[,T\s]*(?:um |at |à |kl\.? |о )?\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,:]\d+)?)?\s*(?:uhr|h|[ap]\.?m\.?)?\s*(?:Z|UTC|GMT|[A-Z]{3,4}|[+-]\d{2}:?\d{2})?(?:\s*\[.*\])?\s*$/iu;

function isTime(rest: string): boolean {
	return rest === '' || rest.trim() === '' || time.test(rest) || /^\s*\(?\p{L}{2,10}\.?\)?\s*$/u.test(rest);
}

/** Month names by their first letters, as far as it takes to tell them apart, in the languages statements come in. */
const monthNames = [
	'jan|ene|gen|sty|led|sij|tam|oca|янв|січ|sau|jaa',
	'feb|fev|fév|fév|lut|úno|uno|velj|hel|şub|sub|фев|лют|vas|veeb',
	'mar|mär|maerz|mrz|mrt|maa|bře|bre|ožu|már|мар|бер|kov',
	'apr|avr|abr|kwi|dub|trav|huh|nis|ápr|апр|кві|bal',
	'may|mai|maj|mag|mei|máj|kvě|kve|svi|tou|май|мая|тра|geg',
	'jun|juin|giu|cze|čvn|červen|cerven|lipan|lipn|kes|haz|jún|июн|чер|bir',
	'jul|juil|lug|lipiec|lipca|čvc|červenec|července|cervenec|cervence|srpan|srpn|hei|tem|júl|июл|лип|lie',
	'aug|aoû|aou|ago|sie|srpen|srpna|kolo|elo|ağu|agu|авг|сер|rugp',
	'sep|set|wrz|zář|zar|ruj|syy|eyl|szept|сен|вер|rugs',
	'oct|okt|ott|out|paź|paz|říj|rij|lok|eki|окт|жов|spa',
	'nov|stude|marras|kas|ноя|lap',
	'dec|dez|des|dic|déc|gru|prosi|jou|ara|дек|гру'
].map((names) => names.split('|'));

function monthNumber(word: string): number {
	const w = word.toLowerCase();
	if (w.length > 12) return 0;
	let best = 0;
	let length = 0;
	for (let m = 0; m < 12; m++) {
		for (const name of monthNames[m]!) {
			if (name.length > length && w.startsWith(name)) {
				best = m + 1;
				length = name.length;
			}
		}
	}
	return best;
}
