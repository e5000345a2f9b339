import { expect, it } from 'vitest';
import { categories, categoryGroups } from '#lib/categories.ts';
import { categoryName, groupName } from '#lib/category-names.ts';
import {
	asLocale,
	formatAgo,
	formatAmount,
	formatDate,
	formatDaysFrom,
	formatInstant,
	today
} from '#lib/i18n.ts';

it('names every built-in category and group in each language', () => {
	for (const locale of ['en', 'de'] as const) {
		const names = categories.map(({ key }) => categoryName(key, { locale }));
		expect(new Set(names).size).toBe(categories.length);
		expect(names.every((name, i) => name !== '' && name !== categories[i]!.key)).toBe(true);
		expect(new Set(categoryGroups.map((group) => groupName(group, { locale }))).size).toBe(15);
	}
	expect(categoryName(null, { locale: 'en' })).toBe('No category yet');
	expect(categoryName('0192-own', { locale: 'en' })).toBe('0192-own');
});

it('writes amounts with a true minus and the digits of the currency', () => {
	expect(formatAmount(-123456, 'EUR', { locale: 'en' })).toBe('−€1,234.56');
	expect(formatAmount(-123456, 'EUR', { locale: 'de' })).toBe('−1.234,56\u00a0€');
	expect(formatAmount(1200, 'JPY', { locale: 'en', sign: 'always' })).toBe('+JP¥1,200');
	expect(formatAmount(0, 'EUR', { locale: 'en', sign: 'always' })).toBe('€0.00');
});

it('keeps civil dates free of time zones', () => {
	expect(formatDate('2026-03-01', { locale: 'en' })).toBe('1 Mar 2026');
	expect(formatDate('2026-03-01', { locale: 'de', style: 'long' })).toBe('Sonntag, 1. März 2026');
	expect(formatDate('2026-03-01', { locale: 'en', style: 'month' })).toBe('March 2026');
});

it('shows instants in the time zone of the person', () => {
	expect(formatInstant('2026-12-31T23:30:00Z', { locale: 'en', timeZone: 'Europe/Berlin' })).toBe(
		'1 Jan 2027, 00:30'
	);
	expect(today('Pacific/Auckland', Date.parse('2026-11-22T12:00:00Z'))).toBe('2026-11-23');
});

it('says how long ago', () => {
	const now = Date.parse('2026-11-23T12:00:00Z');
	expect(formatAgo('2026-11-23T11:59:40Z', now, { locale: 'en' })).toBe('now');
	expect(formatAgo('2026-11-23T09:00:00Z', now, { locale: 'en' })).toBe('3 hours ago');
	expect(formatAgo('2026-11-22T11:00:00Z', now, { locale: 'de' })).toBe('gestern');
	expect(formatAgo('2026-11-01T11:00:00Z', now, { locale: 'en' })).toBe('1 Nov 2026, 11:00');
	expect(formatDaysFrom('2026-11-23', '2026-11-24', { locale: 'en' })).toBe('tomorrow');
	expect(formatDaysFrom('2026-11-30', '2026-12-05', { locale: 'en' })).toBe('in 5 days');
});

it('falls back to the base language', () => {
	expect(asLocale('de')).toBe('de');
	expect(asLocale('xx')).toBe('en');
	expect(asLocale(null)).toBe('en');
});
