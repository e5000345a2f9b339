import { expect, it } from 'vitest';
import { bestMatches, matchRank } from '#lib/match.ts';

it('ranks a beginning before a word before an inside', () => {
	const names = ['Education', 'Credit card payment', 'Car sharing', 'Fuel'];
	expect(bestMatches('ca', names, (name) => name)).toEqual([
		'Car sharing',
		'Credit card payment',
		'Education'
	]);
});

it('ranks a whole name before everything else, wherever it stands', () => {
	const names = ['Rental income', 'Current account', 'Ground rent', 'Rent & mortgage', 'Rent'];
	expect(bestMatches('rent', names, (name) => name)).toEqual([
		...['Rent', 'Rental income', 'Rent & mortgage', 'Ground rent', 'Current account']
	]);
});

it('keeps the given order among equals and for an empty query', () => {
	const names = ['Books', 'Bakery', 'Bars'];
	expect(bestMatches('b', names, (name) => name)).toEqual(names);
	expect(bestMatches(' ', names, (name) => name)).toEqual(names);
});

it('forgets accents, case and ß', () => {
	expect(matchRank('cafe', 'Café')).toBe(0);
	expect(matchRank('GEBUHR', 'Auslandsgebühr')).toBe(3);
	expect(matchRank('strasse', 'Straße')).toBe(0);
	expect(matchRank('x', 'Fuel')).toBeNull();
});

it('finds by further words, after the names', () => {
	const items = [
		{ name: 'Hotels', group: 'Travel' },
		{ name: 'Travel insurance', group: 'Services' }
	];
	const found = bestMatches(
		'trav',
		items,
		(item) => item.name,
		(item) => item.group
	);
	expect(found.map((item) => item.name)).toEqual(['Travel insurance', 'Hotels']);
});
