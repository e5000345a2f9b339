import { z } from 'zod';
import { comparisons, isPlausible } from '#lib/reports/period.ts';
import { dimensions, directions } from '#lib/reports/sums.ts';
import { civilDate, id, text } from '#lib/schemas.ts';

const date = civilDate.refine(isPlausible, { error: 'date_range' });

/** Left out: from the first transaction on, and to the last. What such a range may be says known-range.ts. */
const period = { from: date.optional(), to: date.optional() };

export const cashFlowQuery = z.object({
	...period,
	compare: z.enum(comparisons).optional(),
	/** Of what is split with a group, only one's own share. */
	mine: z.boolean().default(false)
});

export const spendingQuery = z.object({
	...period,
	by: z.enum(dimensions),
	direction: z.enum(directions).default('out'),
	compare: z.enum(comparisons).optional(),
	accountId: id.optional(),
	/** As in transactions.list: ids with commas between them, a group's key for all of its categories, `none` for no category. */
	categoryId: text(12_000).optional(),
	/** As in transactions.list: the merchant of a row. */
	merchantKey: text(200).optional(),
	mine: z.boolean().default(false)
});

export const groupQuery = z.object(period);
