import { z } from 'zod';
import { comparisons } from '#lib/reports/period.ts';
import { dimensions, directions } from '#lib/reports/sums.ts';
import { daysBetween } from '#lib/dates.ts';
import { civilDate, id, text } from '#lib/schemas.ts';

// A hundred years.
const longest = 36_600;

/** Left out: from the first transaction on, and to the last. */
const period = { from: civilDate.optional(), to: civilDate.optional() };
const isPeriod = ({ from, to }: { from?: string | undefined; to?: string | undefined }): boolean =>
	from === undefined || to === undefined || (from <= to && daysBetween(from, to) <= longest);
const badPeriod = { error: 'bad_period', path: ['to'] };

export const cashFlowQuery = z
	.object({
		...period,
		compare: z.enum(comparisons).optional(),
		/** Of what is split with a group, only one's own share. */
		mine: z.boolean().default(false)
	})
	.refine(isPeriod, badPeriod);

export const spendingQuery = z
	.object({
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
	})
	.refine(isPeriod, badPeriod);

export const groupQuery = z.object(period).refine(isPeriod, badPeriod);
