import { expect, test } from 'vitest';
import { filterIn, filterQuery, isFiltered } from '../../../src/routes/(app)/transactions/filter.ts';

const id = '0196f0c2-8d5e-7c11-9b54-2f6f5a1f0b11';
const read = (query: string) => filterIn(new URLSearchParams(query));

test('a filter survives the way through the address', () => {
	const filter = {
		q: 'café & co',
		from: '2026-03-01',
		to: '2026-04-04',
		accountId: id,
		categoryId: `food_drink,rent,none,${id}`,
		merchantKey: 'rewe',
		currency: 'USD',
		direction: 'out' as const
	};
	expect(read(filterQuery(filter))).toEqual(filter);
	expect(read(filterQuery({ review: true, recurringId: id }))).toEqual({ review: true, recurringId: id });
});

test('what makes no sense in an address is left out', () => {
	expect(
		read('?from=2026-02-31&to=gestern&accountId=7&review=yes&q=+&open=1&currency=ABC&direction=up')
	).toEqual({});
	expect(isFiltered(read('?review=1'))).toBe(true);
	expect(isFiltered({})).toBe(false);
});
