/**
 * How numbers and dates read in a person's language. Without an explicit locale the current one is used:
 * in a page that of <html lang>, on the server that of the request.
 */
import { baseLocale, getLocale, isLocale, type Locale } from '#lib/paraglide/runtime.js';
import { daysBetween } from '#lib/dates.ts';
import { formatMoney, minorDigits } from '#lib/money.ts';

export { getLocale, isLocale, type Locale };

type Format = { locale?: Locale | undefined };
type DateFormat = Format & { style?: DateStyle | undefined; timeZone?: string | undefined };

/** `day`: 4 Mar · `short`: 4 Mar 2026 · `long`: Wednesday, 4 March 2026 · `weekday`: Wed, 4 Mar · `month`: March 2026. */
export type DateStyle = 'day' | 'short' | 'long' | 'weekday' | 'month';

const dateStyles: Record<DateStyle, Intl.DateTimeFormatOptions> = {
	day: { day: 'numeric', month: 'short' },
	short: { day: 'numeric', month: 'short', year: 'numeric' },
	long: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
	weekday: { weekday: 'short', day: 'numeric', month: 'short' },
	month: { month: 'long', year: 'numeric' }
};

/** English dates put the day first, as most of the world reads them. */
const tag = (locale: Locale): string => (locale === 'en' ? 'en-GB' : locale);

const cached = <T>(make: (key: string) => T): ((key: string) => T) => {
	const made = new Map<string, T>();
	return (key) => {
		let value = made.get(key);
		if (value === undefined) made.set(key, (value = make(key)));
		return value;
	};
};

const numberFormat = cached((key) => {
	const [locale, options] = JSON.parse(key) as [string, Intl.NumberFormatOptions];
	return new Intl.NumberFormat(locale, options);
});
const dateFormat = cached((key) => {
	const [locale, options] = JSON.parse(key) as [string, Intl.DateTimeFormatOptions];
	return new Intl.DateTimeFormat(locale, options);
});
const relativeFormat = cached((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));

/** 12345 → "12,345". */
export function formatNumber(value: number, { locale = getLocale() }: Format = {}): string {
	return numberFormat(JSON.stringify([tag(locale), {}])).format(value);
}

/** A share of 1, without decimals unless `digits` says how many: 0.9233 → "92%". */
export function formatPercent(
	share: number,
	{ locale = getLocale(), digits = 0 }: Format & { digits?: number } = {}
): string {
	const options = { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits };
	return numberFormat(JSON.stringify([tag(locale), options])).format(share);
}

/** Minor units as people read them, with a true minus sign. `sign: 'always'` also shows a plus. */
export function formatAmount(
	amount: number,
	currency: string,
	{ locale = getLocale(), sign }: Format & { sign?: 'auto' | 'always' } = {}
): string {
	return formatMoney(amount, currency, tag(locale), { sign: sign ?? 'auto' }).replace('-', '−');
}

/** Minor units in few letters, for the scale of a chart: 150000 → "€1.5K". */
export function formatShort(amount: number, currency: string, { locale = getLocale() }: Format = {}): string {
	const options = { style: 'currency', currency, notation: 'compact', maximumFractionDigits: 1 } as const;
	return numberFormat(JSON.stringify([tag(locale), { ...options, minimumFractionDigits: 0 }]))
		.format(amount / 10 ** minorDigits(currency))
		.replace('-', '−');
}

/** A civil date `YYYY-MM-DD`. It belongs to no time zone. */
export function formatDate(date: string, { locale = getLocale(), style = 'short' }: DateFormat = {}): string {
	const options = { ...dateStyles[style], timeZone: 'UTC' };
	return dateFormat(JSON.stringify([tag(locale), options])).format(new Date(`${date}T00:00:00Z`));
}

/** The month of a date, short: "Nov". */
export function formatMonth(date: string, { locale = getLocale() }: Format = {}): string {
	const format = dateFormat(JSON.stringify([tag(locale), { month: 'short', timeZone: 'UTC' }]));
	return format.format(new Date(`${date}T00:00:00Z`));
}

/** The name of an ISO weekday (Monday is 1): "Friday", or short "Fri". */
export function formatWeekday(
	weekday: number,
	{ locale = getLocale(), style = 'long' }: Format & { style?: 'long' | 'short' } = {}
): string {
	const monday = Date.UTC(2024, 0, 1);
	const format = dateFormat(JSON.stringify([tag(locale), { weekday: style, timeZone: 'UTC' }]));
	return format.format(monday + (weekday - 1) * 86_400_000);
}

/** An instant (ISO text, UTC) as a date and a time of day in a person's time zone. */
export function formatInstant(
	instant: string,
	{
		locale = getLocale(),
		style = 'short',
		timeZone = 'UTC',
		seconds = false
	}: DateFormat & { seconds?: boolean } = {}
): string {
	const time = { hour: '2-digit', minute: '2-digit', ...(seconds && { second: '2-digit' }) };
	const options = { ...dateStyles[style], ...time, timeZone };
	return dateFormat(JSON.stringify([tag(locale), options])).format(new Date(instant));
}

const spans: readonly [Intl.RelativeTimeFormatUnit, number][] = [
	['day', 86_400],
	['hour', 3_600],
	['minute', 60]
];

/** How long ago, or until, an instant is: "yesterday", "3 hours ago". Beyond a week the date itself says more. */
export function formatAgo(
	instant: string,
	now: number,
	{ locale = getLocale(), timeZone = 'UTC' }: DateFormat = {}
): string {
	const seconds = (Date.parse(instant) - now) / 1000;
	if (Math.abs(seconds) > 7 * 86_400) return formatInstant(instant, { locale, timeZone });
	const [unit, size] = spans.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1];
	return relativeFormat(tag(locale)).format(unit === 'second' ? 0 : Math.round(seconds / size), unit);
}

/** How long to wait, in words: "40 seconds", "3 minutes", "2 hours". Rounded up, so that it is enough. */
export function formatWait(seconds: number, { locale = getLocale() }: Format = {}): string {
	const [unit, size] = seconds > 5400 ? ['hour', 3600] : seconds > 90 ? ['minute', 60] : ['second', 1];
	const options = { style: 'unit', unit, unitDisplay: 'long' } as const;
	return numberFormat(JSON.stringify([tag(locale), options])).format(Math.ceil(seconds / Number(size)));
}

/** How large a file is: "340 kB", "1.2 MB". */
export function formatBytes(bytes: number, { locale = getLocale() }: Format = {}): string {
	const [unit, size] = bytes >= 1e6 ? ['megabyte', 1e6] : bytes >= 1000 ? ['kilobyte', 1000] : ['byte', 1];
	const options = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: bytes < 1e7 ? 1 : 0 };
	return numberFormat(JSON.stringify([tag(locale), options])).format(bytes / Number(size));
}

/** Today's civil date in a time zone. */
export function today(timeZone = 'UTC', now: number = Date.now()): string {
	return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(now);
}

/** "tomorrow", "in 5 days", "3 days ago" for a civil date. */
export function formatDaysFrom(
	todayDate: string,
	date: string,
	{ locale = getLocale() }: Format = {}
): string {
	return relativeFormat(tag(locale)).format(daysBetween(todayDate, date), 'day');
}

/** Every currency for a select, by code: "EUR · Euro". */
export function currencyOptions({ locale = getLocale() }: Format = {}): { value: string; label: string }[] {
	const names = new Intl.DisplayNames(tag(locale), { type: 'currency' });
	return Intl.supportedValuesOf('currency').map((code) => ({
		value: code,
		label: `${code} · ${names.of(code)}`
	}));
}

/** The locale a stored text names, or the base locale for null and for one that is not offered. */
export function asLocale(value: string | null | undefined): Locale {
	return isLocale(value) ? value : baseLocale;
}
