import fc from 'fast-check';
import { expect, test } from 'vitest';
import { draftOf, emptyDraft, type ExpenseDraft, type SavedExpense } from '#lib/groups/draft.ts';
import { differenceOf, giveTo } from '#lib/groups/give-to.ts';
import { readDraft } from '#lib/groups/read-draft.ts';
import { sharesOf } from '#lib/groups/shares.ts';

const [ana, ben, cleo] = ['ana', 'ben', 'cleo'] as const;
const seed = '0197c0de-0000-7000-8000-000000000001';
const start = {
	me: ana,
	memberIds: [ana, ben, cleo],
	currency: 'EUR',
	settleCurrency: 'EUR',
	date: '2026-03-01'
};

const draft = (
	change: Partial<ExpenseDraft> = {},
	split: Partial<ExpenseDraft['split']> = {}
): ExpenseDraft => {
	const empty = emptyDraft(start);
	return { ...empty, description: 'Dinner', amount: '30', ...change, split: { ...empty.split, ...split } };
};
const read = (one: ExpenseDraft, locale = 'en') => readDraft(one, seed, locale);
const sharesIn = (one: ExpenseDraft) =>
	Object.fromEntries(read(one).shares?.map(({ memberId, amount }) => [memberId, amount]) ?? []);

test('an amount and a word are enough', () => {
	expect(read(draft()).fields).toEqual({
		description: 'Dinner',
		date: '2026-03-01',
		currency: 'EUR',
		amount: 3000,
		payers: [{ memberId: ana, amount: 3000 }],
		split: { mode: 'equal', members: [{ memberId: ana }, { memberId: ben }, { memberId: cleo }] },
		conversion: null,
		categoryId: null,
		notes: '',
		schedule: null
	});
	expect(read(draft({ description: ' ' })).fields).toBeNull();
	expect(read(draft({ amount: '' })).fields).toBeNull();
	expect(read(draft({ amount: '0' })).fields).toBeNull();
	expect(read(draft({ amount: '-3' })).fields).toBeNull();
});

test('the preview is what the server will store', () => {
	const one = draft({ amount: '10' });
	expect(read(one).shares).toEqual((sharesOf(1000, read(one).split!, seed) as { shares: unknown }).shares);
});

test('empty amounts and per cents take what the others leave', () => {
	const exact = draft({}, { mode: 'exact', exact: { [ana]: '12' } });
	expect(sharesIn(exact)).toEqual({ ana: 1200, ben: 900, cleo: 900 });
	expect(read(exact).fills).toEqual(
		new Map([
			['ben', 900],
			['cleo', 900]
		])
	);
	const percent = draft({}, { mode: 'percent', percent: { [ana]: '50' } });
	expect(sharesIn(percent)).toEqual({ ana: 1500, ben: 750, cleo: 750 });
	expect(read(percent).fills).toEqual(
		new Map([
			['ben', 25],
			['cleo', 25]
		])
	);
	const thirds = read(draft({}, { mode: 'percent' }));
	expect([...thirds.fills.values()].sort()).toEqual([33.3333, 33.3333, 33.3334]);
	expect(thirds.fields).not.toBeNull();
});

test('an empty number of shares is one, an empty adjustment none', () => {
	expect(sharesIn(draft({}, { mode: 'shares', shares: { [ana]: '4' } }))).toEqual({
		ana: 2000,
		ben: 500,
		cleo: 500
	});
	expect(sharesIn(draft({}, { mode: 'adjust', adjust: { [ana]: '3' } }))).toEqual({
		ana: 1200,
		ben: 900,
		cleo: 900
	});
});

test('a text that is no number is named, and nothing can be saved with it', () => {
	expect([...read(draft({ amount: '12x' })).bad]).toEqual(['amount']);
	const exact = read(draft({}, { mode: 'exact', exact: { [ben]: '1.2.3' } }));
	expect([...exact.bad]).toEqual(['exact ben']);
	expect(exact.fields).toBeNull();
	expect([...read(draft({}, { mode: 'shares', shares: { [ana]: '-1' } })).bad]).toEqual(['shares ana']);
});

test('what is too much or missing can be given to somebody', () => {
	const over = draft({}, { mode: 'exact', exact: { [ana]: '10', [ben]: '10', [cleo]: '10.01' } });
	const difference = differenceOf(over, read(over), 'en')!;
	expect(difference).toEqual({ of: 'split', over: 1, unit: 'money', takers: [ana, ben, cleo], amount: null });
	const mended = giveTo(over, difference, ben, 'en');
	expect(mended.split.exact).toEqual({ ana: '10', ben: '9.99', cleo: '10.01' });
	expect(differenceOf(mended, read(mended), 'en')).toBeNull();

	const missing = draft({}, { mode: 'percent', percent: { [ana]: '33.3', [ben]: '33.3', [cleo]: '33.3' } });
	const percent = differenceOf(missing, read(missing), 'en')!;
	expect(percent).toMatchObject({ over: -0.1, unit: 'percent' });
	expect(giveTo(missing, percent, cleo, 'de').split.percent[cleo]).toBe('33,4');
	expect(giveTo(missing, percent, cleo, 'en').split.percent[cleo]).toBe('33.4');
});

test('nobody is offered what would leave them below zero', () => {
	const over = draft({}, { mode: 'exact', exact: { [ana]: '40', [ben]: '1', [cleo]: '0' } });
	expect(differenceOf(over, read(over), 'en')).toMatchObject({ over: 1100, takers: [ana] });
});

test('payers that do not add up come first', () => {
	const one = draft({ several: true, paid: { [ana]: '10', [ben]: '15' } });
	const difference = differenceOf(one, read(one), 'en')!;
	expect(difference).toEqual({
		of: 'payers',
		over: -500,
		unit: 'money',
		takers: [ana, ben, cleo],
		amount: null
	});
	const mended = giveTo(one, difference, cleo, 'en');
	expect(read(mended).fields?.payers).toEqual([
		{ memberId: ana, amount: 1000 },
		{ memberId: ben, amount: 1500 },
		{ memberId: cleo, amount: 500 }
	]);
});

test('items that come to another amount say so', () => {
	const items = [
		{ key: 1, name: 'Pizza', price: '12', memberIds: [ana] },
		{ key: 2, name: 'Soup', price: '8', memberIds: [ben, cleo] },
		{ key: 3, name: '', price: '', memberIds: [] }
	];
	const one = draft({ amount: '20' }, { mode: 'items', items, tip: '2' });
	expect(differenceOf(one, read(one), 'en')).toMatchObject({ over: 200, amount: 2200, takers: [] });
	expect(sharesIn({ ...one, amount: '22' })).toEqual({ ana: 1320, ben: 440, cleo: 440 });
});

test('a refund is typed like any other and turned round', () => {
	const one = draft({ refund: true }, { mode: 'exact', exact: { [ana]: '12', [ben]: '8', [cleo]: '10' } });
	const { fields } = read(one);
	expect(fields?.amount).toBe(-3000);
	expect(fields?.payers).toEqual([{ memberId: ana, amount: -3000 }]);
	expect(sharesIn(one)).toEqual({ ana: -1200, ben: -800, cleo: -1000 });
	const short = draft({ refund: true }, { mode: 'exact', exact: { [ana]: '12', [ben]: '8', [cleo]: '9' } });
	const difference = differenceOf(short, read(short), 'en')!;
	expect(difference.over).toBe(-100);
	expect(read(giveTo(short, difference, cleo, 'en')).fields).not.toBeNull();
});

test('a rate that is missing is missing, and one that is there converts', () => {
	const one = draft({ currency: 'USD', converted: true });
	expect(read(one).fields).toBeNull();
	expect(read(one).bad.size).toBe(0);
	const stated = read({ ...one, rate: '0,925' }, 'de');
	expect(stated.fields?.conversion).toEqual({ currency: 'EUR', rate: '0.925' });
	expect(stated.parts?.settleAmount).toBe(2775);
	expect([...read({ ...one, rate: '0' }).bad]).toEqual(['rate']);
});

test('opening and saving changes nothing, in every mode and language', () => {
	const minor = fc.integer({ min: 1, max: 1_000_000 });
	const three = fc.tuple(minor, minor, minor);
	const people = [ana, ben, cleo];
	const splits: fc.Arbitrary<{ amount: number; split: SavedExpense['split'] }> = fc.oneof(
		minor.map((amount) => ({
			amount,
			split: { mode: 'equal' as const, members: people.map((memberId) => ({ memberId })) }
		})),
		three.map((amounts) => ({
			amount: amounts[0] + amounts[1] + amounts[2],
			split: {
				mode: 'exact' as const,
				members: people.map((memberId, at) => ({ memberId, amount: amounts[at]! }))
			}
		})),
		fc
			.tuple(minor, fc.integer({ min: 0, max: 500_000 }), fc.integer({ min: 0, max: 500_000 }))
			.map(([amount, a, b]) => ({
				amount,
				split: {
					mode: 'percent' as const,
					members: [a, b, 1_000_000 - a - b].map((part, at) => ({
						memberId: people[at]!,
						percent: part / 10_000
					}))
				}
			})),
		fc.tuple(minor, three).map(([amount, shares]) => ({
			amount,
			split: {
				mode: 'shares' as const,
				members: shares.map((part, at) => ({ memberId: people[at]!, shares: part / 1000 }))
			}
		})),
		fc.tuple(three, minor).map(([extra, rest]) => ({
			amount: extra[0] + extra[1] + extra[2] + rest,
			split: {
				mode: 'adjust' as const,
				members: extra.map((amount, at) => ({ memberId: people[at]!, amount }))
			}
		})),
		fc.tuple(three, minor, minor).map(([prices, tax, tip]) => ({
			amount: prices[0] + prices[1] + prices[2] + tax + tip,
			split: {
				mode: 'items' as const,
				items: prices.map((amount, at) => ({
					name: `Item ${at}`,
					amount,
					memberIds: people.slice(0, at + 1)
				})),
				tax,
				tip
			}
		}))
	);
	const locales = fc.constantFrom('en', 'de');
	const currencies = fc.constantFrom('EUR', 'JPY', 'KWD');
	fc.assert(
		fc.property(splits, locales, currencies, fc.boolean(), ({ amount, split }, locale, currency, two) => {
			const payers =
				two && amount > 1
					? [
							{ memberId: ana, amount: 1 },
							{ memberId: ben, amount: amount - 1 }
						]
					: [{ memberId: ben, amount }];
			const saved: SavedExpense = {
				description: 'Dinner',
				date: '2026-03-01',
				currency,
				amount,
				payers,
				split,
				conversion: null,
				categoryId: null,
				notes: '',
				schedule: { cadence: 'monthly', lastDate: '2026-12-31' }
			};
			expect(readDraft(draftOf(saved, currency, locale), seed, locale).fields).toEqual(saved);
		}),
		{ numRuns: 2000 }
	);
});
