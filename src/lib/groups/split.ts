/** The six ways to split an expense, as people and programs send them. */
import { z } from 'zod';
import { id, text } from '#lib/schemas.ts';
import { maxExpense, mostMembers } from './limits.ts';

export { maxExpense, mostMembers };

export const mostItems = 200;

export const minor = z
	.number()
	.int()
	.min(-maxExpense)
	.max(maxExpense)
	.transform((value) => (value === 0 ? 0 : value)); // no minus zero, which is another zero when compared

/** A number with a few decimals, exact as a decimal text: 33.3333 percent, 1.5 shares. */
const decimals = (most: number, places: number) =>
	z
		.number()
		.min(0)
		.max(most)
		.refine((value) => Number.isInteger(Math.round(value * 10 ** places * 1e6) / 1e6), { error: 'decimals' });

const people = <Shape extends z.ZodRawShape>(shape: Shape) =>
	z
		.array(z.object({ memberId: id, ...shape }))
		.min(1)
		.max(mostMembers);

const unequal = [
	/** Amounts as they are; they must add up. */
	z.object({ mode: z.literal('exact'), members: people({ amount: minor }) }),
	/** Per cent, four decimals at most; they must add up to 100. */
	z.object({ mode: z.literal('percent'), members: people({ percent: decimals(100, 4) }) }),
	/** Parts: 2 shares count twice as much as 1. */
	z.object({ mode: z.literal('shares'), members: people({ shares: decimals(1_000_000, 3) }) }),
	/** Alike, but some pay so much more (or less) than the others. */
	z.object({ mode: z.literal('adjust'), members: people({ amount: minor.default(0) }) }),
	/** Each item among those who had it; what the items leave of the amount, tax and tip, goes in proportion. */
	z.object({
		mode: z.literal('items'),
		items: z
			.array(z.object({ name: text(120), amount: minor, memberIds: z.array(id).min(1).max(mostMembers) }))
			.min(1)
			.max(mostItems),
		tax: minor.default(0),
		tip: minor.default(0)
	})
] as const;

export const splitSchema = z.discriminatedUnion('mode', [
	/** Everybody alike. */
	z.object({ mode: z.literal('equal'), members: people({}) }),
	...unequal
]);

/** As it is sent: an equal split that names nobody is among everybody who is in the group. */
export const splitInput = z.discriminatedUnion('mode', [
	z.object({ mode: z.literal('equal'), members: people({}).optional() }),
	...unequal
]);

export type Split = z.output<typeof splitSchema>;
export type SplitInput = z.output<typeof splitInput>;
export type SplitMode = Split['mode'];
