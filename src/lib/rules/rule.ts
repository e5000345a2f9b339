/** A rule as people and programs send it: which transactions it fits, and what becomes of those. */
import { z } from 'zod';
import { sharesOf } from '#lib/groups/shares.ts';
import { countOf } from './conditions.ts';
import { mostConditions, mostRules } from './limits.ts';
import { splitInput, type SplitInput } from '#lib/groups/split.ts';
import { maxMinor } from '#lib/money.ts';
import { civilDate, currency, id, line, text } from '#lib/schemas.ts';
import { searchText } from '#lib/search.ts';

export { mostConditions, mostRules };

export const textTests = ['contains', 'starts', 'is', 'like'] as const;
export type TextTest = (typeof textTests)[number];

/** Case, width and spacing do not matter. `like` is for the whole text, with * for anything and ? for any one letter. */
const words = <Kind extends string>(kind: Kind) =>
	z.object({
		kind: z.literal(kind),
		test: z.enum(textTests),
		value: text(200, 1).refine((value) => searchText(value) !== '', { error: 'required' })
	});

const amount = z.number().int().min(0).max(maxMinor);
const dayOfMonth = z.number().int().min(1).max(31);

const condition = [
	/** What the bank wrote. */
	words('text'),
	/** The name that was read from it, or the one it has now. */
	words('merchant'),
	/** Without its sign, in minor units of the currency: from `min` to `max`, either may be left out. */
	z
		.object({ kind: z.literal('amount'), currency, min: amount.optional(), max: amount.optional() })
		.refine(({ min, max }) => min !== undefined || max !== undefined, { error: 'required' })
		.refine(({ min = 0, max = maxMinor }) => min <= max, { error: 'rule_range' }),
	z.object({ kind: z.literal('money'), is: z.enum(['in', 'out']) }),
	z.object({ kind: z.literal('account'), accountIds: z.array(id).min(1).max(50) }),
	z
		.object({ kind: z.literal('date'), from: civilDate.optional(), to: civilDate.optional() })
		.refine(({ from, to }) => from !== undefined || to !== undefined, { error: 'required' })
		.refine(({ from = '', to = '9999-12-31' }) => from <= to, { error: 'rule_range' }),
	/** Days of the month; from 28 to 3 goes over its end. */
	z.object({ kind: z.literal('day'), from: dayOfMonth, to: dayOfMonth }),
	/** ISO weekdays: Monday is 1. */
	z.object({ kind: z.literal('weekday'), days: z.array(z.number().int().min(1).max(7)).min(1).max(7) })
] as const;

const tooDeep = { error: () => 'rule_conditions' };
const group = <Node extends z.ZodType>(node: Node) =>
	z.object({
		kind: z.enum(['all', 'any']),
		of: z.array(node).min(1, { error: 'required' }).max(mostConditions, { error: 'rule_too_long' })
	});

// Written out level by level, so that nobody can send one that never ends.
const innermost = group(z.discriminatedUnion('kind', condition, tooDeep));
const middle = group(z.discriminatedUnion('kind', [...condition, innermost], tooDeep));
const outermost = group(z.discriminatedUnion('kind', [...condition, middle], tooDeep));

export const conditionsSchema = outermost.refine((all) => countOf(all) <= mostConditions, {
	error: 'rule_too_long'
});

/** The splits that can be said of an amount which is not known yet. */
const splitModes: readonly SplitInput['mode'][] = ['equal', 'percent', 'shares'];

const isSplit = (split: SplitInput): boolean => {
	if (!splitModes.includes(split.mode)) return false;
	if (split.mode !== 'equal') return sharesOf(100, split, 0).ok;
	return !split.members || sharesOf(100, { mode: 'equal', members: split.members }, 0).ok;
};

export const actionsSchema = z
	.object({
		categoryId: z.string().min(1).max(60),
		merchant: line(120, 1),
		note: text(1000, 1),
		/** Makes an expense of the group, paid by the person, of each payment; never a second one of the same. */
		split: z.object({ groupId: id, split: splitInput.refine(isSplit, { error: 'rule_split' }) })
	})
	.partial()
	.refine((actions) => Object.values(actions).some((one) => one !== undefined), { error: 'rule_no_action' });

const fields = {
	/** Left empty, its conditions describe it. */
	name: line(80),
	enabled: z.boolean(),
	conditions: conditionsSchema,
	actions: actionsSchema
};

export const newRule = z.object({
	/** Made by the client: a repeated call changes nothing. */
	id: id.optional(),
	...fields,
	name: fields.name.default(''),
	enabled: fields.enabled.default(true)
});

export const ruleUpdate = z.object({ id, ...z.object(fields).partial().shape });

export type NewRule = z.output<typeof newRule>;
export type RuleUpdate = z.output<typeof ruleUpdate>;
export type Actions = z.output<typeof actionsSchema>;
export type Condition = z.output<(typeof condition)[number]>;
/** All of them must fit, or any one does. */
export type Conditions = { kind: 'all' | 'any'; of: (Condition | Conditions)[] };

export type Rule = { id: string; conditions: Conditions; actions: Actions };
