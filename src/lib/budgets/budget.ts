/** A budget as people and programs send it. */
import { z } from 'zod';
import { civilDate, currency, id, line } from '#lib/schemas.ts';
import { usualPeriods, type Period } from './period.ts';
import { mostThresholds, usualThresholds } from './thresholds.ts';

/** What a budget can be at most, in minor units: far enough below what a number holds that what rolls over is exact, too. */
export const maxBudget = 1_000_000_000_000;
/** How many one person, or one group, can have. */
export const mostBudgets = 100;

const dayOfMonth = z.number().int().min(1).max(31);
const month = z.number().int().min(1).max(12);
const fromCalendar = { month: month.default(1), day: dayOfMonth.default(1) };

/** One of the plain words, or how the periods lie exactly. `custom` without `from` begins today. */
export const periodInput = z.union([
	z.enum(Object.keys(usualPeriods) as (keyof typeof usualPeriods)[]).transform((word) => usualPeriods[word]),
	z.discriminatedUnion('kind', [
		z.object({ kind: z.literal('weekly'), weekStart: z.number().int().min(1).max(7).default(1) }),
		z.object({ kind: z.literal('monthly'), day: dayOfMonth.default(1) }),
		z.object({ kind: z.literal('quarterly'), ...fromCalendar }),
		z.object({ kind: z.literal('yearly'), ...fromCalendar }),
		z.object({
			kind: z.literal('custom'),
			days: z.number().int().min(1).max(366),
			from: civilDate.refine((date) => date >= '1970-01-01' && date <= '2099-12-31').optional()
		})
	])
]);
export type PeriodInput = z.output<typeof periodInput>;

/** The period that was asked for, on a day. */
export const periodOf = (asked: PeriodInput, today: string): Period =>
	asked.kind === 'custom' ? { ...asked, from: asked.from ?? today } : asked;

/** Every built-in one, and all that a person can have of their own. */
const mostCategories = 300;
const threshold = z.number().int().min(1).max(1000);
const ascending = (values: number[]): number[] => [...new Set(values)].sort((a, b) => a - b);

const fields = {
	name: line(80, 1),
	/** None: all that is spending. Which ones there are, and which are income, depends on whose budget it is. */
	categoryIds: z
		.array(z.string().max(60))
		.max(mostCategories)
		.transform((ids) => [...new Set(ids)]),
	currency,
	/** Of one period, in minor units. */
	amount: z.number().int().min(1).max(maxBudget),
	period: periodInput,
	/** In percent of the amount; each is told of once a period. */
	thresholds: z.array(threshold).max(mostThresholds).transform(ascending),
	/** What is left of a period, or was spent too much, counts in the next. */
	rollOver: z.boolean(),
	/** Of what is split with a group, only one's own share. */
	ownShare: z.boolean()
};

export const newBudget = z
	.object({
		...fields,
		/** Made by the client: a repeated call changes nothing. */
		id: id.optional(),
		/** Of a group that one is in: for what is spent in it, by all members. */
		groupId: id.nullish(),
		categoryIds: fields.categoryIds.default([]),
		thresholds: fields.thresholds.default([...usualThresholds]),
		rollOver: fields.rollOver.default(false),
		ownShare: fields.ownShare.default(false)
	})
	.refine(({ groupId, ownShare }) => !(groupId && ownShare), { path: ['ownShare'], error: 'group_budget' });

/** What is left out stays as it is. */
export const budgetUpdate = z.object({
	...z.object(fields).partial().shape,
	id,
	/** The version that the change started from. */
	version: z.number().int().min(1)
});

export const suggestionQuery = z.object({
	groupId: id.nullish(),
	categoryIds: fields.categoryIds.default([]),
	currency,
	period: periodInput,
	ownShare: fields.ownShare.default(false)
});

export type NewBudget = z.output<typeof newBudget>;
export type BudgetUpdate = z.output<typeof budgetUpdate>;
export type SuggestionQuery = z.output<typeof suggestionQuery>;
