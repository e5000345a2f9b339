/** What pages make of budgets: bars, sums over several, words, and what is typed. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { barOf, toneOf } from '#lib/budgets/bar.ts';
import { draftOf, newDraft, readDraft } from '#lib/budgets/draft.ts';
import { fieldLabel, fieldText } from '#lib/budgets/fields.ts';
import { changedFrom, merge, mergeFields } from '#lib/budgets/merge.ts';
import { overview, tightest } from '#lib/budgets/overview.ts';
import { percentText, spentOfText } from '#lib/budgets/used.ts';
import { barText, elapsedOf, forecastText, leftText, periodText, rangeText } from '#lib/budgets/words.ts';
import { chipsOf, chipText, keysOf } from '#lib/category-chips.ts';

const month = { periodStart: '2026-11-01', periodEnd: '2026-11-30' };

const budget = (more: object = {}, status: object = {}) => ({
	...{ groupId: null, categoryIds: ['groceries'], currency: 'EUR', period: { kind: 'monthly' as const } },
	...more,
	status: {
		...month,
		amount: 50_000,
		carried: 0,
		remaining: 10_000,
		spent: 40_000,
		forecast: 45_000,
		...status
	}
});

test('all of a bar is between its ends, whatever the amounts', () => {
	const amount = fc.integer({ min: -1_000_000, max: 10_000_000 });
	const facts = fc.record({
		...{ spent: amount, limit: amount, forecast: amount },
		thresholds: fc.array(fc.integer({ min: 1, max: 1000 })),
		elapsed: fc.double({ min: 0, max: 1, noNaN: true })
	});
	fc.assert(
		fc.property(facts, (facts) => {
			const { ticks, today, ...bar } = barOf(facts);
			for (const share of [...Object.values(bar), today ?? 0, ...ticks.map(({ at }) => at)]) {
				expect(share).toBeGreaterThanOrEqual(0);
				expect(share).toBeLessThanOrEqual(1);
			}
			expect(bar.forecast).toBeGreaterThanOrEqual(bar.spent);
		})
	);
});

test('the bar of a budget that bursts is as long as what was spent', () => {
	const facts = { thresholds: [50, 100, 120], elapsed: 0.5 };
	expect(barOf({ ...facts, spent: 40, limit: 100, forecast: 80 })).toMatchObject({
		...{ spent: 0.4, forecast: 0.8, limit: 1, today: 0.5 },
		ticks: [
			{ threshold: 50, at: 0.5 },
			{ threshold: 100, at: 1 }
		]
	});
	expect(barOf({ ...facts, spent: 200, limit: 100, forecast: 250 })).toMatchObject({
		...{ spent: 1, forecast: 1, limit: 0.5, today: 0.25 }
	});
	// The first day foresees thirty times as much, which would leave nothing to see of the budget.
	expect(barOf({ ...facts, spent: 10, limit: 100, forecast: 3000 }).limit).toBe(0.8);
	// Of what was used up before it began there is nothing to divide.
	const full = { spent: 1, forecast: 1, limit: 1, today: null, ticks: [] };
	expect(barOf({ ...facts, spent: 10, limit: 0, forecast: 10 })).toEqual(full);
	expect(barOf({ ...facts, spent: 0, limit: -5, forecast: 0 })).toEqual(full);
	expect(barOf({ ...facts, spent: -9, limit: -5, forecast: -9 })).toEqual({ ...full, spent: 0, forecast: 0 });
	const tones = [
		{ spent: 40, limit: 100, forecast: 80 },
		{ spent: 40, limit: 100, forecast: 101 },
		{ spent: 90, limit: 100, forecast: 95 },
		{ spent: 101, limit: 100, forecast: 101 }
	].map(toneOf);
	expect(tones).toEqual(['fine', 'tight', 'tight', 'over']);
});

test('an overview adds up what ends together, and counts nothing twice', () => {
	const week = { periodStart: '2026-11-23', periodEnd: '2026-11-29' };
	const all = [
		budget(),
		budget({ categoryIds: ['fuel'] }, { remaining: -2_000 }),
		// All of it is in the first one, or is the same again.
		budget({ categoryIds: ['groceries'] }),
		budget({ categoryIds: ['coffee'] }, { ...week, remaining: 500 }),
		budget({ categoryIds: [], currency: 'USD' }, { remaining: 7 }),
		budget({ groupId: 'flat' }, { remaining: 99 })
	];
	expect(overview(all)).toMatchObject([
		{ ...month, currency: 'EUR', count: 2, limit: 100_000, remaining: 8_000 },
		{ ...week, currency: 'EUR', count: 1, remaining: 500 },
		{ ...month, currency: 'USD', count: 1, remaining: 7 }
	]);
	expect(overview([budget({ categoryIds: [] }), ...all])[0]).toMatchObject({ count: 1, remaining: 10_000 });
	expect(overview([budget({ groupId: 'flat' }, { remaining: 99 })])).toMatchObject([{ remaining: 99 }]);
	expect(overview([])).toEqual([]);
	const [a, b, c] = [budget(), budget({}, { forecast: 90_000 }), budget({}, { amount: 0 })];
	expect(tightest([a, b, c], 2)).toEqual([c, b]);
});

test('words', () => {
	expect(leftText(11_230, 'EUR')).toBe('€112.30 left');
	expect(leftText(-1_200, 'EUR')).toBe('€12.00 over');
	expect(leftText(0, 'EUR')).toBe('nothing left');
	const status = { ...month, amount: 40_000, carried: 0, forecast: 41_200 };
	expect(forecastText(status, 'EUR')).toBe('At this pace €412.00 by 30 Nov, €12.00 over');
	expect(forecastText({ ...status, carried: 1_200 }, 'EUR')).toBe(
		'At this pace €412.00 by 30 Nov, exactly the budget'
	);
	expect(rangeText(month)).toBe('November 2026');
	expect(rangeText({ periodStart: '2026-02-01', periodEnd: '2026-02-28' })).toBe('February 2026');
	expect(rangeText({ periodStart: '2026-10-16', periodEnd: '2026-11-15' })).toBe('16 Oct to 15 Nov 2026');
	expect(rangeText({ periodStart: '2026-12-28', periodEnd: '2027-01-03' })).toBe('28 Dec 2026 to 3 Jan 2027');
	expect([
		periodText({ kind: 'weekly', weekStart: 7 }),
		periodText({ kind: 'monthly', day: 1 }),
		periodText({ kind: 'monthly', day: 22 }),
		periodText({ kind: 'yearly', month: 4, day: 6 }),
		periodText({ kind: 'custom', days: 10, from: '2026-01-01' })
	]).toEqual([
		'weekly from Sunday',
		'monthly',
		'monthly from the 22nd',
		'yearly from 6 Apr',
		'every 10 days'
	]);
	expect([elapsedOf(month, '2026-11-15'), elapsedOf(month, '2026-12-05')]).toEqual([0.5, 1]);
});

test('what was used up before the period began, and what is beyond all measure', () => {
	const used = (limit: number) => spentOfText({ spent: 1, limit, currency: 'EUR' });
	expect([used(10_000), used(0), used(-14_000)]).toEqual([
		'€0.01 of €100.00',
		'€0.01 spent, used up before the period began',
		'€0.01 spent, used up before the period began'
	]);
	expect(spentOfText({ spent: 1, limit: -1, currency: 'EUR' }, { locale: 'de' })).toContain('aufgebraucht');
	const status = { ...month, amount: 10_000, carried: -24_000, spent: 1, remaining: -14_001, forecast: 1 };
	expect(barText(status, 'EUR')).toMatch(/^€0.01 spent, used up before the period began. €140.01 over. At/);
	expect([83, 9998, 9999].map((percent) => percentText(percent))).toEqual([
		'83%',
		'9,998%',
		'more than 9,999%'
	]);
});

test('a whole group of categories is one chip', () => {
	const chips = chipsOf([...keysOf('travel'), 'coffee']);
	expect(chips.map(chipText)).toEqual(['Coffee', 'Travel']);
	expect(chipsOf(keysOf('coffee'))).toEqual([{ group: 'food_drink', category: 'coffee', keys: ['coffee'] }]);
});

test('a budget survives its form, and what is no budget is not sent', () => {
	const saved = {
		...{ id: 'a', groupId: null, name: 'Food', categoryIds: ['groceries'], amount: 123_450, currency: 'EUR' },
		...{ thresholds: [80], rollOver: true, ownShare: true, version: 2 }
	};
	for (const period of [
		{ kind: 'weekly', weekStart: 7 },
		{ kind: 'monthly', day: 31 },
		{ kind: 'quarterly', month: 2, day: 3 },
		{ kind: 'yearly', month: 4, day: 6 },
		{ kind: 'custom', days: 10, from: '2026-01-01' }
	] as const) {
		const draft = draftOf({ ...saved, period }, 'de', '2026-11-26');
		expect(draft.amount).toBe('1234,50');
		const { id: _, groupId: __, version: ___, ...sent } = saved;
		expect(readDraft(draft, 'de')).toEqual({ ...sent, period });
		expect(readDraft({ ...draft, groupId: 'flat' }, 'de')).toMatchObject({ ownShare: false });
	}
	const draft = newDraft({ currency: 'JPY', groupId: '', today: '2026-11-26' });
	const bad = [{}, { amount: '0' }, { amount: '-5' }, { amount: '1.5' }, { amount: 'lots' }];
	for (const typed of bad) expect(readDraft({ ...draft, ...typed }, 'en')).toBeNull();
	for (const days of ['', '0', '367', 'ten']) {
		expect(readDraft({ ...draft, amount: '500', kind: 'custom', days }, 'en')).toBeNull();
	}
	expect(readDraft({ ...draft, amount: '500' }, 'en')).toMatchObject({
		amount: 500,
		thresholds: [50, 80, 100]
	});
});

const food = {
	...{
		name: 'Food',
		categoryIds: ['groceries', 'coffee'],
		amount: 50_000,
		currency: 'EUR',
		thresholds: [80]
	},
	...{ period: { kind: 'yearly' as const, month: 4, day: 6 }, rollOver: false, ownShare: false }
};

test('of two versions, what each changed alone is kept, and what both changed is asked about', () => {
	const mine = { ...food, name: 'Meals', rollOver: true };
	const theirs = { ...food, name: 'Eating', amount: 60_000, thresholds: [] };
	expect(merge(food, mine, theirs)).toEqual({
		...{ merged: { ...mine, amount: 60_000, thresholds: [] }, conflicts: ['name'] },
		taken: ['amount', 'thresholds']
	});
	expect(merge(food, mine, theirs, 'theirs').merged).toEqual({ ...theirs, rollOver: true });
	expect(changedFrom(food, mine)).toEqual({ name: 'Meals', rollOver: true });
	// The same change twice is none to ask about, and neither is another order.
	const again = { ...theirs, period: { day: 6, month: 4, kind: 'yearly' as const } };
	const reordered = { ...theirs, categoryIds: ['coffee', 'groceries'] };
	expect(merge(food, again, reordered)).toMatchObject({ conflicts: [], taken: [] });
	expect([changedFrom(food, food), changedFrom(theirs, again)]).toEqual([{}, {}]);
	// An amount goes with its currency.
	const dollars = { ...food, currency: 'USD' };
	expect(changedFrom(food, dollars)).toEqual({ amount: 50_000, currency: 'USD' });
	expect(merge(food, { ...food, amount: 1 }, dollars).conflicts).toEqual(['amount']);
});

test('whatever two people change, nothing that only one of them touched is lost', () => {
	const version = fc.record({
		...{
			name: fc.constantFrom('Food', 'Meals'),
			amount: fc.constantFrom(1, 2),
			currency: fc.constant('EUR')
		},
		...{ categoryIds: fc.constantFrom(['groceries'], []), thresholds: fc.constantFrom([80], []) },
		period: fc.constantFrom({ kind: 'monthly' as const, day: 1 }, { kind: 'weekly' as const, weekStart: 1 }),
		...{ rollOver: fc.boolean(), ownShare: fc.boolean() }
	});
	fc.assert(
		fc.property(version, version, version, fc.constantFrom('mine', 'theirs'), (base, mine, theirs, side) => {
			const { merged, conflicts } = merge(base, mine, theirs, side);
			expect({ ...theirs, ...changedFrom(theirs, merged) }).toEqual(merged);
			for (const field of mergeFields) {
				const isMine = changedFrom(base, mine)[field] !== undefined;
				const isTheirs = changedFrom(base, theirs)[field] !== undefined;
				const from = conflicts.includes(field) ? { mine, theirs }[side] : isTheirs && !isMine ? theirs : mine;
				expect(merged[field]).toEqual(from[field]);
				if (conflicts.includes(field)) expect([isMine, isTheirs]).toEqual([true, true]);
			}
		})
	);
});

test('both versions of a field, in words', () => {
	const theirs = { ...food, categoryIds: [], amount: 60_000, thresholds: [], rollOver: true };
	const words = mergeFields.map((field) => [
		...[fieldLabel(field), fieldText(field, food), fieldText(field, theirs)]
	]);
	expect(words).toEqual([
		['Name', 'Food', 'Food'],
		['Categories', 'Groceries, Coffee', 'All spending'],
		['Amount', '€500.00', '€600.00'],
		['Period', 'yearly from 6 Apr', 'yearly from 6 Apr'],
		['Tell me at', '80%', 'no alerts'],
		['Roll over', 'no', 'yes'],
		['My share only', 'no', 'no']
	]);
});
