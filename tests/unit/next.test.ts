import { expect, it } from 'vitest';
import { safeNext } from '#lib/next.ts';

it('keeps paths of this site', () => {
	expect(safeNext('/uploads/1?outcome=rejected#top')).toBe('/uploads/1?outcome=rejected#top');
});

it.each([
	null,
	'',
	'https://example.org',
	'//example.org',
	'/\\example.org',
	'/\t/example.org',
	'javascript:alert(1)'
])('goes home for %j', (next) => {
	expect(safeNext(next)).toBe('/');
});
