/** What categories come to by their upper-level groups. */
import type { GroupOf } from './sums.ts';

type Row = { key: string | null; amount: number; count: number; before?: number };

/** `key` is an area, see {@link areaOf}. */
export type GroupRow = { key: string; amount: number; count: number; before: number | undefined };

/**
 * What a category (null: none yet) counts in: its upper-level group, or `none`. Money given back is an area of its own, `refund`:
 * it counts against what was spent, and "Income" would say something else.
 */
export const areaOf = (id: string | null, groupOf: GroupOf): string =>
	id === 'refund' ? id : (id !== null && groupOf(id)) || 'none';

/** The areas of rows by category, most first. */
export function byGroup(rows: readonly Row[], groupOf: GroupOf): GroupRow[] {
	const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
	return [...Map.groupBy(rows, ({ key }) => areaOf(key, groupOf))]
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
