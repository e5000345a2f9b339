import { expect, test } from 'vitest';
import type { SavedExpense } from '#lib/groups/draft.ts';
import { merge } from '#lib/groups/merge.ts';

const base: SavedExpense = {
	description: 'Dinner',
	date: '2026-03-01',
	currency: 'EUR',
	amount: 3000,
	payers: [{ memberId: 'ana', amount: 3000 }],
	split: { mode: 'equal', members: [{ memberId: 'ana' }, { memberId: 'ben' }] },
	conversion: null,
	categoryId: null,
	notes: '',
	schedule: null
};

test('what each changed alone is kept without asking', () => {
	const mine = { ...base, notes: 'with wine' };
	const theirs = { ...base, date: '2026-03-02', categoryId: 'restaurants' };
	const { merged, conflicts, taken } = merge(base, mine, theirs);
	expect(merged).toEqual({ ...base, notes: 'with wine', date: '2026-03-02', categoryId: 'restaurants' });
	expect(conflicts).toEqual([]);
	expect(taken).toEqual(['date', 'categoryId']);
});

test('the same change on both sides is no conflict', () => {
	const both = { ...base, description: 'Supper' };
	expect(merge(base, both, { ...both })).toEqual({ merged: both, conflicts: [], taken: [] });
});

test('what both changed is asked about, field by field', () => {
	const mine = { ...base, description: 'Supper', notes: 'mine' };
	const theirs = { ...base, description: 'Lunch', notes: 'theirs' };
	expect(merge(base, mine, theirs).conflicts).toEqual(['description', 'notes']);
	const { merged } = merge(base, mine, theirs, { description: 'theirs', notes: 'mine' });
	expect(merged).toEqual({ ...base, description: 'Lunch', notes: 'mine' });
});

test('until a side is chosen, mine stands', () => {
	const { merged } = merge(base, { ...base, notes: 'mine' }, { ...base, notes: 'theirs' });
	expect(merged.notes).toBe('mine');
});

test('an amount brings its currency, and whoever pays alone pays all of it', () => {
	const mine = { ...base, payers: [{ memberId: 'ben', amount: 3000 }] };
	const theirs = {
		...base,
		amount: 4500,
		currency: 'CHF',
		payers: [{ memberId: 'ana', amount: 4500 }]
	};
	const { merged, conflicts, taken } = merge(base, mine, theirs);
	expect(conflicts).toEqual([]);
	expect(taken).toEqual(['amount']);
	expect(merged).toEqual({
		...base,
		amount: 4500,
		currency: 'CHF',
		payers: [{ memberId: 'ben', amount: 4500 }]
	});
});

test('neither the order of people nor of keys is a change', () => {
	const saved: SavedExpense = {
		...base,
		payers: [
			{ memberId: 'ana', amount: 1000 },
			{ memberId: 'ben', amount: 2000 }
		],
		split: {
			mode: 'shares',
			members: [
				{ memberId: 'ana', shares: 1 },
				{ memberId: 'ben', shares: 2 }
			]
		}
	};
	const typed: SavedExpense = {
		...saved,
		notes: 'mine',
		payers: [
			{ amount: 2000, memberId: 'ben' },
			{ amount: 1000, memberId: 'ana' }
		],
		split: {
			members: [
				{ shares: 2, memberId: 'ben' },
				{ shares: 1, memberId: 'ana' }
			],
			mode: 'shares'
		}
	};
	const theirs: SavedExpense = { ...saved, split: base.split };
	const { merged, conflicts, taken } = merge(saved, typed, theirs);
	expect(conflicts).toEqual([]);
	expect(taken).toEqual(['split']);
	expect(merged).toEqual({ ...typed, split: base.split });
});

test('a split that both changed is one choice', () => {
	const exact = (ana: number, ben: number): SavedExpense['split'] => ({
		mode: 'exact',
		members: [
			{ memberId: 'ana', amount: ana },
			{ memberId: 'ben', amount: ben }
		]
	});
	const [mine, theirs] = [
		{ ...base, split: exact(1000, 2000) },
		{ ...base, split: exact(2500, 500) }
	];
	expect(merge(base, mine, theirs).conflicts).toEqual(['split']);
	expect(merge(base, mine, theirs, { split: 'theirs' }).merged.split).toEqual(exact(2500, 500));
});
