import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysBetween, fromDay, toDay } from '#lib/dates.ts';
import {
	isSaidOtherwise,
	isSureOfElse,
	transferCategory,
	type OwnAccount,
	type Side
} from '#lib/transfers/evidence.ts';
import { matchTransfers, mostDaysApart, type Known } from '#lib/transfers/match.ts';

const account = (id: string, name: string, identifier: string | null = null): OwnAccount => ({
	...{ id, name, identifier }
});
const accounts = new Map(
	[
		account('giro', 'Giro', 'DE02120300000000202051'),
		account('savings', 'Rainy day', 'DE02500105170137075030'),
		account('card', '…4242', '4242')
	].map((one) => [one.id, one])
);
const known: Known = { accounts, person: 'Ana Miller', apart: () => false };

let made = 0;
const side = (accountId: string, amount: number, description: string, more: Partial<Side> = {}): Side => ({
	...{ id: `t${++made}`, accountId, amount, description, date: '2026-03-02', currency: 'EUR' },
	...{ categoryId: 'hobbies', source: 'model', review: true },
	...more
});
const pairs = (sides: Side[], more: Partial<Known> = {}) => matchTransfers(sides, { ...known, ...more });
const sure = (categoryId: string): Partial<Side> => ({ categoryId, review: false });
const said = (categoryId: string): Partial<Side> => ({ categoryId, review: false, source: 'user' });

test.each<[string, [string, Partial<Side>?], [string, Partial<Side>?]]>([
	['both say so', ['Transfer to savings'], ['Transfer from checking', { date: '2026-03-05' }]],
	['one names the other account', ['To Rainy Day', { date: '2026-02-28' }], ['Whatever']],
	['one has its number', ['SEPA DE02 5001 0517 0137 0750 30'], ['Zinsen', sure('interest_dividends')]],
	['the account’s own number only', ['Ueberw. 0137075030'], ['Whatever', { date: '2026-03-05' }]],
	['a card is paid', ['CARD AUTOPAY', sure('credit_card_payment')], ['PAYMENT', sure('credit_card_payment')]],
	['both are to the person themselves', ['Ana Miller'], ['MILLER, ANA', { date: '2026-03-06' }]],
	['one says that both are their own', ['Umbuchung'], ['Gutschrift', sure('refund')]],
	['both speak of it, days apart', ['Online transfer'], ['Transfer', { date: '2026-03-06' }]],
	['a person says so', ['Xqzzy', said('savings_transfer')], ['Blorp']]
])('a transfer: %s', (_, [out, ofOut], [back, ofBack]) => {
	const [one, other] = [side('giro', -20_000, out, ofOut), side('savings', 20_000, back, ofBack)];
	expect(pairs([one, other])).toEqual([{ outId: one.id, inId: other.id }]);
});

test('a card is known by the end of its number', () => {
	const [one, other] = [side('giro', -51_233, 'EPAY XXXX4242'), side('card', 51_233, 'THANK YOU')];
	expect(pairs([one, other])).toHaveLength(1);
});

test.each<[string, Side[]]>([
	['a shop and a salary', [side('giro', -5000, 'REWE', sure('groceries')), side('savings', 5000, 'Lohn')]],
	['nothing but the amount', [side('giro', -5000, 'Xqzzy'), side('savings', 5000, 'Blorp')]],
	[
		'a friend pays what was spent elsewhere',
		[side('giro', -5000, 'REWE', sure('groceries')), side('savings', 5000, 'Transfer from Ben')]
	],
	[
		'a person said otherwise',
		[side('giro', -5000, 'To Rainy Day', said('gifts')), side('savings', 5000, 'x')]
	],
	[
		'a rule says otherwise',
		[side('giro', -5000, 'To Rainy Day', { ...said('rent'), source: 'rule' }), side('savings', 5000, 'x')]
	],
	[
		'one speaks of it, and the other is as much',
		[side('giro', -5000, 'Online transfer'), side('savings', 5000, 'Blorp')]
	],
	[
		'one says that both are their own, and two would fit',
		[side('giro', -5000, 'Umbuchung'), side('savings', 5000, 'Blorp'), side('card', 5000, 'Vrunk')]
	],
	[
		'guesses that wait for a look',
		[
			side('giro', -3333, 'REWE SAGT DANKE', { categoryId: 'credit_card_payment' }),
			side('savings', 3333, 'Max Mustermann', { categoryId: 'savings_transfer' })
		]
	],
	[
		'a category that a transfer since gone has left',
		[
			side('giro', -3333, 'Xqzzy', { categoryId: 'account_transfer', source: 'transfer', review: false }),
			side('savings', 3333, 'Blorp', { categoryId: 'account_transfer', source: 'transfer', review: false })
		]
	],
	[
		'a shop for sure, called like the account',
		[
			side('giro', -5701, 'RAINY DAY UMBRELLAS', sure('clothing')),
			side('savings', 5701, 'Lena Vogt', { categoryId: 'other_transfer' })
		]
	],
	[
		'five days',
		[side('giro', -5000, 'To Rainy Day'), side('savings', 5000, 'From Giro', { date: '2026-03-07' })]
	],
	[
		'another currency',
		[side('giro', -5000, 'To Rainy Day'), side('savings', 5000, 'From Giro', { currency: 'USD' })]
	],
	['one account', [side('giro', -5000, 'Transfer to savings'), side('giro', 5000, 'Transfer from savings')]],
	['both out', [side('giro', -5000, 'To Rainy Day'), side('savings', -5000, 'From Giro')]],
	['nothing moved', [side('giro', 0, 'To Rainy Day'), side('savings', 0, 'From Giro')]]
])('no transfer: %s', (_, sides) => expect(pairs(sides)).toEqual([]));

test('a shop for sure is a transfer only where a number of the other account says so', () => {
	const shop = (text: string) =>
		pairs([side('giro', -5000, text, sure('groceries')), side('savings', 5000, 'From Giro')]);
	expect(shop('REWE')).toEqual([]);
	expect(shop('REWE Umbuchung To Rainy Day')).toEqual([]);
	expect(shop('REWE DE02500105170137075030')).toHaveLength(1);
});

test('of an amount that repeats, what is the only one of its day and speaks of a transfer on both sides', () => {
	const [before, out, back] = [
		side('giro', -2500, 'Transfer to Ben', { date: '2026-03-05' }),
		side('giro', -2500, 'Transfer to Ben', { date: '2026-03-06' }),
		side('savings', 2500, 'Transfer from Ben', { date: '2026-03-06' })
	];
	expect(pairs([before, out, back])).toEqual([{ outId: out.id, inId: back.id }]);
	const twice = side('giro', -2500, 'Transfer to Ben', { date: '2026-03-06' });
	expect(pairs([before, out, twice, back])).toEqual([]);
});

test('what a person took apart stays apart, and the next one may fit', () => {
	const [out, near, far] = [
		side('giro', -5000, 'To Rainy Day'),
		side('savings', 5000, 'From Giro'),
		side('savings', 5000, 'From Giro', { date: '2026-03-04' })
	];
	expect(pairs([out, near, far])).toEqual([{ outId: out.id, inId: near.id }]);
	const apart = (_: string, inId: string) => inId === near.id;
	expect(pairs([out, near, far], { apart })).toEqual([{ outId: out.id, inId: far.id }]);
});

test('whoever names the account comes before whoever is nearer', () => {
	const [out, near, far] = [
		side('giro', -5000, 'To Rainy Day'),
		side('card', 5000, 'Transfer from savings'),
		side('savings', 5000, 'From Giro', { date: '2026-03-05' })
	];
	expect(pairs([out, near, far])).toEqual([{ outId: out.id, inId: far.id }]);
});

test('an amount that is everywhere tells nothing, however many there are', () => {
	const many = Array.from({ length: 20_000 }, (_, n) =>
		side(n % 2 === 0 ? 'giro' : 'savings', n % 2 === 0 ? -100 : 100, 'To Rainy Day from Giro')
	);
	expect(pairs(many)).toEqual([]);
});

test('the category is what both halves tell', () => {
	const of = (one: string | null, other: string | null, accountId = 'giro') =>
		transferCategory(
			[
				{ categoryId: one, accountId },
				{ categoryId: other, accountId: 'card' }
			],
			new Map([...accounts, ['isa', account('isa', 'Cash ISA')]])
		);
	expect(of('savings_transfer', 'refund')).toBe('savings_transfer');
	expect(of(null, 'investment')).toBe('investment');
	expect(of('credit_card_payment', 'credit_card_payment')).toBe('account_transfer');
	expect(of('hobbies', null, 'isa')).toBe('savings_transfer');
});

const texts = [
	'To Rainy Day',
	'Transfer from Giro',
	'Online transfer',
	'REWE',
	'Ana Miller',
	'Blorp',
	'Umbuchung'
];
const someSides = fc
	.array(
		fc.record({
			accountId: fc.constantFrom('giro', 'savings', 'card'),
			amount: fc.constantFrom(-100, 100, -200, 200),
			currency: fc.constantFrom('EUR', 'USD'),
			date: fc.integer({ min: 0, max: 14 }).map((day) => fromDay(toDay('2026-02-25') + day)),
			description: fc.constantFrom(...texts),
			categoryId: fc.constantFrom(null, 'groceries', 'account_transfer', 'refund'),
			source: fc.constantFrom<Side['source'][]>('model', 'user', 'rule', 'none', 'transfer'),
			review: fc.boolean()
		}),
		{ maxLength: 40 }
	)
	.map((list) => list.map((one, n): Side => ({ ...one, id: `s${String(n).padStart(2, '0')}` })));

const sorted = (list: { outId: string; inId: string }[]) =>
	list.map(({ outId, inId }) => [outId, inId].sort().join(' ')).sort();

test('each once, on two accounts, of one currency, of opposite amounts, near each other, and never what somebody has said', () => {
	fc.assert(
		fc.property(someSides, (sides) => {
			const found = pairs(sides);
			const byId = new Map(sides.map((one) => [one.id, one]));
			const ids = found.flatMap(({ outId, inId }) => [outId, inId]);
			expect(new Set(ids).size).toBe(ids.length);
			for (const { outId, inId } of found) {
				const [out, back] = [byId.get(outId)!, byId.get(inId)!];
				expect(out.amount).toBeLessThan(0);
				expect(back.amount).toBe(-out.amount);
				expect(back.currency).toBe(out.currency);
				expect(back.accountId).not.toBe(out.accountId);
				expect(Math.abs(daysBetween(out.date, back.date))).toBeLessThanOrEqual(mostDaysApart);
				expect([out, back].some(isSaidOtherwise)).toBe(false);
				expect([out, back].some(isSureOfElse)).toBe(false); // no text here has a number
			}
		})
	);
});

test('a guess that waits for a look changes nothing', () => {
	fc.assert(
		fc.property(someSides, (sides) => {
			const unsure = ({ source, review }: Side) => source === 'model' && review;
			const others = sides.map((one) => (unsure(one) ? { ...one, categoryId: 'account_transfer' } : one));
			expect(sorted(pairs(others))).toEqual(sorted(pairs(sides)));
		})
	);
});

test('order changes nothing, and neither does turning all money round', () => {
	const shuffled = someSides.chain((sides) =>
		fc.tuple(fc.constant(sides), fc.shuffledSubarray(sides, { minLength: sides.length }))
	);
	fc.assert(
		fc.property(shuffled, ([sides, others]) => {
			expect(sorted(pairs(others))).toEqual(sorted(pairs(sides)));
			const turned = sides.map((one) => ({ ...one, amount: -one.amount }));
			expect(sorted(pairs(turned))).toEqual(sorted(pairs(sides)));
		})
	);
});
