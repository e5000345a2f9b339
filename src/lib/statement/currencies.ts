import { isCurrency } from '../money.ts';

/** Marks and older codes that name exactly one currency. "$", "¥" and "kr" do not: see {@link sharedMark}. */
const marks: Record<string, string> = {
	'€': 'EUR',
	'£': 'GBP',
	'₽': 'RUB',
	'₺': 'TRY',
	'₹': 'INR',
	'₩': 'KRW',
	'₪': 'ILS',
	'₴': 'UAH',
	'₫': 'VND',
	'฿': 'THB',
	'₱': 'PHP',
	'₦': 'NGN',
	R$: 'BRL',
	US$: 'USD',
	A$: 'AUD',
	C$: 'CAD',
	CA$: 'CAD',
	NZ$: 'NZD',
	HK$: 'HKD',
	S$: 'SGD',
	KČ: 'CZK',
	ZŁ: 'PLN',
	FT: 'HUF',
	ЛВ: 'BGN',
	TL: 'TRY',
	RUR: 'RUB',
	РУБ: 'RUB',
	'РУБ.': 'RUB',
	'Р.': 'RUB',
	CDN: 'CAD',
	RMB: 'CNY',
	CNH: 'CNY',
	人民币: 'CNY',
	元: 'CNY',
	円: 'JPY',
	港币: 'HKD',
	美元: 'USD',
	欧元: 'EUR',
	EURO: 'EUR',
	EUROS: 'EUR',
	'FR.': 'CHF',
	RS: 'INR',
	'RS.': 'INR'
};

/** Marks that several currencies share, with those they may stand for; the first is the commonest. */
const shared: Record<string, string[]> = {
	$: ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'MXN', 'CLP', 'COP', 'ARS', 'TWD'],
	'¥': ['CNY', 'JPY'],
	'￥': ['CNY', 'JPY'],
	KR: ['SEK', 'NOK', 'DKK', 'ISK']
};

/** The currency a cell names by itself ("EUR", "eur", "€", "RUR"), or null. */
export function currencyOf(cell: string): string | null {
	const text = cell.trim().toUpperCase();
	const mark = marks[text];
	if (mark) return mark;
	return isCurrency(text) ? text : null;
}

/** The currencies a shared mark may stand for ("$": USD, CAD, …), or none. */
export function sharedMark(mark: string): string[] {
	return shared[mark.trim().toUpperCase()] ?? [];
}

/**
 * The currency a mark beside an amount stands for. One that several share is that of the account where it can be, else the
 * commonest abroad: a dollar is American, a yen sign Japanese.
 */
export function currencyOfMark(mark: string, own: string | null): string | null {
	const code = currencyOf(mark);
	if (code) return code;
	const candidates = sharedMark(mark);
	if (own !== null && candidates.includes(own)) return own;
	return candidates.includes('JPY') ? 'JPY' : (candidates[0] ?? null);
}

/** The currency a title or sentence names: "Betrag (EUR)", "Amount CZK", "金额(元)", "DE12… / EUR". Null when none or several. */
export function currencyIn(text: string): string | null {
	const found = new Set<string>();
	for (const token of text.match(
		/[A-Z]{3}(?![A-Za-z])|[€£₽₺₹₩₪₴₫฿₱]|R\$|Kč|zł|人民币|(?<=[(（/])[元円](?=[)）])/gu
	) ?? []) {
		const before = text[text.indexOf(token) - 1];
		if (/^[A-Z]/.test(token) && before !== undefined && /[A-Za-z0-9]/.test(before)) continue;
		const code = currencyOf(token);
		if (code && !notMeant.has(token)) found.add(code);
	}
	if (/(?<!\p{L})euro(?:s|a|t)?(?!\p{L})/iu.test(text)) found.add('EUR');
	return found.size === 1 ? [...found][0]! : null;
}

/** Currency codes that are words in the headers of statements. */
const notMeant = new Set([
	'ALL',
	'TOP',
	'TRY',
	'PEN',
	'MOP',
	'BOB',
	'LAK',
	'CUP',
	'GEL',
	'SOS',
	'MAD',
	'BAM'
]);
