import { expect, test } from 'vitest';
import { prefillFrom } from '../../../src/routes/(app)/groups/[id]/add/prefill.ts';

const read = (query: string, currency = 'EUR', locale = 'en') =>
	prefillFrom(new URLSearchParams(query), { currency, locale });

test('a link fills in an expense', () => {
	const link = '?amount=64.90&description=Dinner%20for%20six&category=restaurants';
	expect(read(link)).toEqual({
		amount: '64.90',
		description: 'Dinner for six',
		categoryId: 'restaurants'
	});
	expect(read('?amount=64.9', 'EUR', 'de')).toEqual({ amount: '64,90' });
	expect(read('?amount=1200', 'JPY')).toEqual({ amount: '1200' });
});

test('what makes no sense in it is left out', () => {
	expect(read('?amount=lots&category=nonsense&description=')).toEqual({});
	expect(read('?amount=-3')).toEqual({});
	expect(read('?amount=99999999999999')).toEqual({});
	expect(read(`?description=${'x'.repeat(300)}`).description).toHaveLength(200);
});
