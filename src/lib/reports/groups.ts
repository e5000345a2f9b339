/** What categories come to by their upper-level groups. */
import type { GroupOf } from './sums.ts';

type Row = { key: string | null; amount: number; count: number; before?: number };

/** `key` is a group's, or `none` for what has no category yet. */
export type GroupRow = { key: string; amount: number; count: number; before: number | undefined };

/** The groups of rows by category, most first. */
export function byGroup(rows: readonly Row[], groupOf: GroupOf): GroupRow[] {
	const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
	return [...Map.groupBy(rows, ({ key }) => (key !== null && groupOf(key)) || 'none')]
		.map(([key, some]) => ({
			key,
			amount: sum(some.map(({ amount }) => amount)),
			count: sum(some.map(({ count }) => count)),
			before: some.some(({ before }) => before !== undefined)
				? sum(some.map(({ before = 0 }) => before))
				: undefined
		}))
		.sort((a, b) => b.amount - a.amount);
}
