/** Expenses and settlements of a group as one list, by day. */
import type { Outputs } from '#lib/trpc.ts';

export type Expense = Outputs['expenses']['list']['items'][number];
export type Settlement = Outputs['settlements']['list']['items'][number];

export type Entry = { kind: 'expense'; expense: Expense } | { kind: 'settlement'; settlement: Settlement };
export type Day = { date: string; entries: Entry[] };

type Loaded<T> = { items: readonly T[]; cursor: string | null };

/** How a list is ordered, newest first; its cursors (`DATE_ID`) are the same. */
const keyOf = ({ date, id }: { date: string; id: string }): string => `${date}_${id}`;

/**
 * The days of both lists together, newest first. Where one of them is not loaded to its end, what lies beyond its last entry is
 * left out: something of the other's days may be missing there.
 */
export function daysOf(expenses: Loaded<Expense>, settlements: Loaded<Settlement>): Day[] {
	const frontier = frontierOf(expenses.cursor, settlements.cursor);
	const entries = [
		...expenses.items.map((expense) => ({
			key: keyOf(expense),
			entry: { kind: 'expense', expense } as Entry
		})),
		...settlements.items.map((settlement) => ({
			key: keyOf(settlement),
			entry: { kind: 'settlement', settlement } as Entry
		}))
	]
		.filter(({ key }) => frontier === null || key >= frontier)
		.sort((a, b) => (a.key < b.key ? 1 : -1));
	const days = Map.groupBy(entries, ({ key }) => key.slice(0, 10));
	return [...days].map(([date, list]) => ({ date, entries: list.map(({ entry }) => entry) }));
}

/** How far down both lists are known: the later of what they end with. Null when both are here to the end. */
export function frontierOf(a: string | null, b: string | null): string | null {
	if (a === null || b === null) return a ?? b;
	return a > b ? a : b;
}
