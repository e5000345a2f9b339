/** What a rule fits and which one decides: examples, and properties against the plainest way to say the same. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fieldChanges, type Fields } from '#lib/rules/changes.ts';
import { fits, prepare, subjectOf, type Subject } from '#lib/rules/evaluate.ts';
import { countOf, isGroup, leavesOf } from '#lib/rules/conditions.ts';
import { isLike } from '#lib/rules/like.ts';
import {
	conditionsSchema,
	mostConditions,
	newRule,
	type Condition,
	type Conditions,
	type Rule
} from '#lib/rules/rule.ts';

const booking = {
	description: 'SQ *BLUE BOTTLE COFFEE 4411 OAKLAND CA',
	merchant: 'My café',
	amount: -1250,
	currency: 'USD',
	accountId: 'card',
	date: '2026-02-28' // a Saturday
};
const subject = subjectOf(booking);
const all = (...of: (Condition | Conditions)[]): Conditions => ({ kind: 'all', of });
const any = (...of: (Condition | Conditions)[]): Conditions => ({ kind: 'any', of });

const cases: [Condition, boolean][] = [
	[{ kind: 'text', test: 'contains', value: 'blue  bottle' }, true],
	[{ kind: 'text', test: 'contains', value: 'ＢＬＵＥ' }, true],
	[{ kind: 'text', test: 'contains', value: 'my café' }, false],
	[{ kind: 'text', test: 'starts', value: 'sq *' }, true],
	[{ kind: 'text', test: 'starts', value: 'blue' }, false],
	[{ kind: 'text', test: 'is', value: 'sq *blue bottle coffee 4411 oakland ca' }, true],
	[{ kind: 'text', test: 'is', value: 'blue bottle' }, false],
	[{ kind: 'text', test: 'like', value: '*bottle*??kland ca' }, true],
	[{ kind: 'text', test: 'like', value: 'bottle' }, false],
	[{ kind: 'merchant', test: 'is', value: 'Blue Bottle Coffee' }, true],
	[{ kind: 'merchant', test: 'is', value: 'MY CAFÉ' }, true],
	[{ kind: 'merchant', test: 'is', value: 'Blue' }, false],
	[{ kind: 'amount', currency: 'USD', min: 1250, max: 1250 }, true],
	[{ kind: 'amount', currency: 'USD', min: 1251 }, false],
	[{ kind: 'amount', currency: 'USD', max: 1249 }, false],
	[{ kind: 'amount', currency: 'EUR', max: 9999 }, false],
	[{ kind: 'money', is: 'out' }, true],
	[{ kind: 'money', is: 'in' }, false],
	[{ kind: 'account', accountIds: ['giro', 'card'] }, true],
	[{ kind: 'account', accountIds: ['giro'] }, false],
	[{ kind: 'date', from: '2026-02-28' }, true],
	[{ kind: 'date', to: '2026-02-27' }, false],
	[{ kind: 'date', from: '2026-02-01', to: '2026-02-28' }, true],
	[{ kind: 'day', from: 28, to: 28 }, true],
	[{ kind: 'day', from: 1, to: 27 }, false],
	[{ kind: 'day', from: 27, to: 2 }, true],
	[{ kind: 'day', from: 29, to: 27 }, false],
	[{ kind: 'weekday', days: [6] }, true],
	[{ kind: 'weekday', days: [1, 7] }, false]
];

test.each(cases)('%j fits: %j', (condition, expected) => {
	expect(fits(all(condition), subject)).toBe(expected);
});

test('a transaction of nothing is neither money in nor money out', () => {
	for (const is of ['in', 'out'] as const) {
		expect(fits(all({ kind: 'money', is }), { ...subject, amount: 0 })).toBe(false);
	}
});

const words = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '*', '?'), maxLength: 12 });

test('a pattern with * and ? says what the same regular expression does', () => {
	fc.assert(
		fc.property(words, words, (text, pattern) => {
			const regular = pattern.replaceAll(
				/[*?]+/g,
				(some) => '.'.repeat(some.replaceAll('*', '').length) + (some.includes('*') ? '.*' : '')
			);
			expect(isLike(text, pattern)).toBe(new RegExp(`^${regular}$`, 's').test(text));
		}),
		{ numRuns: 5000 }
	);
});

test('the worst pattern ends', () => {
	expect(isLike('a'.repeat(2000), `${'*a'.repeat(99)}*b`)).toBe(false);
});

const leaf: fc.Arbitrary<Condition> = fc.oneof(
	fc.record({
		kind: fc.constantFrom('text' as const, 'merchant' as const),
		test: fc.constantFrom('contains' as const, 'starts' as const, 'is' as const),
		value: fc.constantFrom('blue', 'bottle', 'sq', 'my café')
	}),
	fc.record({ kind: fc.constant('money' as const), is: fc.constantFrom('in' as const, 'out' as const) }),
	fc.record({
		kind: fc.constant('day' as const),
		from: fc.integer({ min: 1, max: 31 }),
		to: fc.integer({ min: 1, max: 31 })
	})
);
const { node } = fc.letrec<{ node: Condition | Conditions }>((tie) => ({
	node: fc.oneof(
		{ maxDepth: 3 },
		leaf,
		fc.record({
			kind: fc.constantFrom('all' as const, 'any' as const),
			of: fc.array(tie('node'), { minLength: 1, maxLength: 4 })
		})
	)
}));
const subjects = fc.record<Subject>({
	text: fc.constantFrom('sq blue bottle', 'blue', 'bottle of blue', ''),
	merchants: fc.subarray(['blue bottle', 'my café'], { minLength: 1 }),
	amount: fc.integer({ min: -5, max: 5 }),
	currency: fc.constant('EUR'),
	accountId: fc.constant('card'),
	date: fc.integer({ min: 1, max: 31 }).map((day) => `2026-01-${String(day).padStart(2, '0')}`)
});

test('groups are their parts joined by and and or, at whatever depth', () => {
	const plain = (one: Condition | Conditions, about: Subject): boolean => {
		if (!isGroup(one)) return fits(all(one), about);
		const parts = one.of.map((part) => plain(part, about));
		return one.kind === 'all' ? !parts.includes(false) : parts.includes(true);
	};
	fc.assert(
		fc.property(node, subjects, (one, about) => {
			expect(fits(all(one), about)).toBe(plain(one, about));
			expect(countOf(one)).toBe(leavesOf(one).length);
		})
	);
});

const actions = fc.record(
	{
		categoryId: fc.constantFrom('rent', 'groceries'),
		merchant: fc.constantFrom('A', 'B'),
		note: fc.constant('n')
	},
	{ requiredKeys: [] }
);
const rules = fc.array(fc.record({ conditions: node.map((one) => all(one)), actions }), { maxLength: 8 });

test('the first rule in order that fits decides, for each kind of action on its own', () => {
	fc.assert(
		fc.property(rules, subjects, (some, about) => {
			const list = some.map((rule, at): Rule => ({ id: `rule ${at}`, ...rule }));
			const outcome = prepare(list)(about);
			for (const kind of ['categoryId', 'merchant', 'note', 'split'] as const) {
				const first = list.find((rule) => rule.actions[kind] !== undefined && fits(rule.conditions, about));
				expect(outcome[kind]?.ruleId).toBe(first?.id);
				expect(outcome[kind]?.value).toBe(first?.actions[kind]);
			}
		})
	);
});

const guess: Fields & { description: string } = {
	...{ description: 'REWE SAGT DANKE 41', merchant: 'REWE', note: '' },
	...{ categoryId: 'coffee', source: 'model', confidence: 0.4, review: true }
};
const decided = {
	categoryId: { value: 'groceries', ruleId: 'a' },
	merchant: { value: 'Rewe Mitte', ruleId: 'b' },
	note: { value: 'Weekly', ruleId: 'b' }
};

test('rules change guesses and what is empty, and not what a person has chosen unless told to', () => {
	expect(fieldChanges(guess, decided)).toEqual({
		after: {
			...{ categoryId: 'groceries', source: 'rule', confidence: 1, review: false },
			...{ merchant: 'Rewe Mitte', note: 'Weekly' }
		},
		ruleIds: ['a', 'b']
	});
	const own = { ...guess, source: 'user' as const, review: false, merchant: 'Corner shop', note: 'Party' };
	expect(fieldChanges(own, decided)).toBeNull();
	expect(fieldChanges(own, decided, { overOwn: true })?.after).toMatchObject({
		...{ categoryId: 'groceries', source: 'rule', merchant: 'Rewe Mitte', note: 'Weekly' }
	});
});

test('what rules have done they do not do again', () => {
	const { after } = fieldChanges(guess, decided)!;
	for (const overOwn of [false, true]) {
		expect(fieldChanges({ ...after, description: guess.description }, decided, { overOwn })).toBeNull();
	}
});

const text = { kind: 'text', test: 'contains', value: 'rewe' };
const nested = (levels: number): object => (levels === 0 ? text : { kind: 'all', of: [nested(levels - 1)] });
const problems = (input: unknown) =>
	newRule.safeParse(input).error?.issues.map(({ message }) => message) ?? [];
const rule = (conditions: object, actions: object = { categoryId: 'groceries' }) => ({ conditions, actions });
const withOne = (condition: object) => rule({ kind: 'all', of: [condition] });
const groupId = '0195d7a0-0000-7000-8000-000000000001';

test.each([
	['three levels', rule(nested(3)), []],
	['four levels', rule(nested(4)), ['rule_conditions']],
	['no condition', rule({ kind: 'all', of: [] }), ['required']],
	['as many as there can be', rule({ kind: 'any', of: Array(mostConditions).fill(text) }), []],
	[
		'one too many, in groups',
		rule({ kind: 'any', of: [...Array(mostConditions).fill(text).slice(1), nested(1), nested(1)] }),
		['rule_too_long']
	],
	['an empty text', withOne({ ...text, value: ' %' }), ['required']],
	['an amount without an end', withOne({ kind: 'amount', currency: 'EUR' }), ['required']],
	[
		'an amount the wrong way round',
		withOne({ kind: 'amount', currency: 'EUR', min: 2, max: 1 }),
		['rule_range']
	],
	[
		'dates the wrong way round',
		withOne({ kind: 'date', from: '2026-02-01', to: '2026-01-01' }),
		['rule_range']
	],
	['nothing to do', rule(nested(1), {}), ['rule_no_action']],
	['a split alike', rule(nested(1), { split: { groupId, split: { mode: 'equal' } } }), []],
	[
		'parts',
		rule(nested(1), {
			split: { groupId, split: { mode: 'shares', members: [{ memberId: groupId, shares: 2 }] } }
		}),
		[]
	],
	[
		'parts of nothing',
		rule(nested(1), {
			split: { groupId, split: { mode: 'shares', members: [{ memberId: groupId, shares: 0 }] } }
		}),
		['rule_split']
	],
	[
		'half of it',
		rule(nested(1), {
			split: { groupId, split: { mode: 'percent', members: [{ memberId: groupId, percent: 50 }] } }
		}),
		['rule_split']
	],
	[
		'an amount to split',
		rule(nested(1), {
			split: { groupId, split: { mode: 'exact', members: [{ memberId: groupId, amount: 50 }] } }
		}),
		['rule_split']
	]
])('what is sent is checked: %s', (_, input, expected) => {
	expect(problems(input)).toEqual(expected);
});

test('a group that never ends is refused without being followed', () => {
	let endless: object = text;
	for (let n = 0; n < 5000; n++) endless = { kind: 'all', of: [endless] };
	expect(conditionsSchema.safeParse(endless).success).toBe(false);
});
