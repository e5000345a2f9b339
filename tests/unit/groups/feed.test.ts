import { expect, test } from 'vitest';
import {
	daysOf,
	frontierOf,
	type Expense,
	type Settlement
} from '../../../src/routes/(app)/groups/[id]/feed.ts';

const expense = (date: string, id: string) => ({ id, date }) as Expense;
const settlement = (date: string, id: string) => ({ id, date }) as Settlement;

const ids = (days: ReturnType<typeof daysOf>) =>
	days.map(({ date, entries }) => [
		date,
		...entries.map((entry) => (entry.kind === 'expense' ? entry.expense.id : entry.settlement.id))
	]);

test('expenses and settlements stand together by day, the newest first', () => {
	const days = daysOf(
		{ items: [expense('2026-03-05', 'd'), expense('2026-03-04', 'a')], cursor: null },
		{ items: [settlement('2026-03-05', 'c'), settlement('2026-03-01', 'b')], cursor: null }
	);
	expect(ids(days)).toEqual([
		['2026-03-05', 'd', 'c'],
		['2026-03-04', 'a'],
		['2026-03-01', 'b']
	]);
});

test('a day is only shown where both lists are loaded that far', () => {
	const days = daysOf(
		{ items: [expense('2026-03-05', 'd'), expense('2026-03-03', 'a')], cursor: '2026-03-03_a' },
		{ items: [settlement('2026-03-05', 'c'), settlement('2026-03-01', 'b')], cursor: '2026-03-01_b' }
	);
	expect(ids(days)).toEqual([
		['2026-03-05', 'd', 'c'],
		['2026-03-03', 'a']
	]);
	expect(frontierOf('2026-03-03_a', '2026-03-01_b')).toBe('2026-03-03_a');
	expect(frontierOf('2026-03-03_a', null)).toBe('2026-03-03_a');
	expect(frontierOf(null, null)).toBeNull();
});
