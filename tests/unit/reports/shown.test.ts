import { expect, test } from 'vitest';
import { bucketsOf, scaleOf } from '#lib/reports/buckets.ts';
import { choiceIn, choiceQuery, datesOf } from '#lib/reports/choice.ts';
import { byGroup } from '#lib/reports/groups.ts';
import { monthsFrom } from '#lib/reports/period.ts';
import { flows, totalsBy, type Sum, type Sums } from '#lib/reports/sums.ts';
import { answerText } from '#lib/reports/words.ts';

const read = (query: string) => choiceIn(new URLSearchParams(query));

test('a choice survives the way through the address', () => {
	for (const query of [
		'?',
		'?period=year&compare=year&by=month',
		'?from=2026-01-01&to=2026-03-05&by=merchant&category=groceries&currency=USD&mine=1',
		'?from=2026-01-01',
		'?category=none&account=0196f0c2-8d5e-7c11-9b54-2f6f5a1f0b11'
	]) {
		expect(choiceQuery(read(query))).toBe(query);
	}
});

test('what makes no sense in an address is left out', () => {
	expect(choiceQuery(read('?period=decade&by=weather&compare=me&category=%00&account=7&currency=euro'))).toBe(
		'?'
	);
	expect(read('?from=2026-03-01&to=2026-01-01')).toMatchObject({ period: 'month', from: null, to: null });
	expect(read('?from=2026-02-31')).toMatchObject({ period: 'month' });
});

test('periods are dates of the calendar, and end today where they are not over', () => {
	const on = (query: string) => datesOf(read(query), '2026-03-15');
	expect(on('?')).toEqual({ start: '2026-03-01', end: '2026-03-15' });
	expect(on('?period=last-month')).toEqual({ start: '2026-02-01', end: '2026-02-28' });
	expect(on('?period=year')).toEqual({ start: '2026-01-01', end: '2026-03-15' });
	expect(on('?period=twelve')).toEqual({ start: '2025-04-01', end: '2026-03-15' });
	expect(on('?period=all')).toEqual({});
	expect(on('?to=2026-01-31')).toEqual({ end: '2026-01-31' });
});

test('many months become quarters, and very many become years; none is lost', () => {
	const steps = (from: string, to: string) => bucketsOf(monthsFrom(from, to), (month) => month);
	expect(steps('2024-01', '2026-12')).toHaveLength(36);
	const quarters = steps('2023-12', '2026-12');
	expect(quarters).toHaveLength(13);
	expect(quarters[0]).toEqual({ size: 3, start: '2023-10-01', end: '2023-12-31', months: ['2023-12'] });
	expect(quarters.flatMap(({ months }) => months)).toEqual(monthsFrom('2023-12', '2026-12'));
	const years = steps('2010-05', '2026-12');
	expect(years.map(({ start }) => start.slice(0, 4))).toHaveLength(17);
	expect(years[0]).toMatchObject({ size: 12, start: '2010-01-01', end: '2010-12-31' });
	expect(years[0]!.months).toHaveLength(8);
});

test('a scale reaches above all in a few round steps', () => {
	for (const most of [1, 7, 99, 100, 101, 12_345, 999_999_999]) {
		const { top, steps } = scaleOf(most);
		expect(top).toBeGreaterThanOrEqual(most);
		expect(steps.length).toBeGreaterThan(1);
		expect(steps.length).toBeLessThan(7);
		expect(steps.at(-1)).toBe(top);
	}
	expect(scaleOf(0).steps).toEqual([0]);
});

const sum = (more: Partial<Sum>): Sum => ({
	...{ month: '2026-03', accountId: 'a', currency: 'EUR', merchantKey: null },
	...{ categoryId: 'groceries', sign: -1, amount: -100, count: 1 },
	...more
});
const through =
	(list: readonly Sum[]): Sums =>
	(visit) =>
		list.forEach((one) => visit(one));

test('refunds count against what was spent, transfers nowhere, and currencies apart', () => {
	const sums = through([
		sum({}),
		sum({ sign: 1, amount: 30 }),
		sum({ categoryId: null }),
		sum({ categoryId: null, sign: 1, amount: 5 }),
		sum({ categoryId: 'account_transfer' }),
		sum({ categoryId: 'credit_card_payment' }),
		sum({ categoryId: 'credit_card_payment', sign: 1, amount: 100 }),
		sum({ categoryId: 'salary', sign: 1, amount: 900 }),
		sum({ currency: 'USD' })
	]);
	const flow = flows(() => undefined);
	const of = (direction: 'out' | 'in') =>
		Object.fromEntries(
			[...totalsBy(sums, ({ categoryId }) => categoryId, flow, direction)].map(([currency, keys]) => [
				currency,
				Object.fromEntries([...keys].map(([key, { amount }]) => [String(key), amount]))
			])
		);
	expect(of('out')).toEqual({
		EUR: { groceries: 70, null: 100, credit_card_payment: 100 },
		USD: { groceries: 100 }
	});
	expect(of('in')).toEqual({ EUR: { null: 5, salary: 900 } });
});

test('groups are the sums of their categories', () => {
	const groups = {
		...{ rent: 'rent_utilities', water: 'rent_utilities', taxi: 'transportation' },
		refund: 'income'
	};
	const rows = [
		{ key: 'rent', amount: 500, count: 1, before: 400 },
		{ key: 'taxi', amount: 600, count: 2, before: 0 },
		{ key: 'water', amount: 200, count: 1, before: 100 },
		{ key: null, amount: 1, count: 1, before: 0 },
		{ key: 'refund', amount: -50, count: 1, before: 0 }
	];
	expect(byGroup(rows, (id) => groups[id as keyof typeof groups])).toEqual([
		{ key: 'rent_utilities', amount: 700, count: 2, before: 500 },
		{ key: 'transportation', amount: 600, count: 2, before: 0 },
		{ key: 'none', amount: 1, count: 1, before: 0 },
		{ key: 'refund', amount: -50, count: 1, before: 0 }
	]);
});

test('the answer says what was spent, and how that compares', () => {
	const november = { start: '2025-11-01', end: '2025-11-30' };
	const october = { start: '2025-10-01', end: '2025-10-31' };
	const asked = {
		direction: 'out',
		currency: 'EUR',
		range: november,
		before: october,
		today: '2026-01-05'
	} as const;
	const say = (amount: number, before?: number) =>
		answerText({ ...asked, total: { amount, ...(before !== undefined && { before }) } });
	expect(say(88_00, 100_00)).toBe('You spent €88.00 in November 2025, 12% less than in October 2025.');
	expect(say(150_00, 100_00)).toBe('You spent €150.00 in November 2025, 50% more than in October 2025.');
	expect(say(100_00, 100_00)).toBe('You spent €100.00 in November 2025, as much as in October 2025.');
	expect(say(100_00, 0)).toBe('You spent €100.00 in November 2025.');
	const soFar = { ...november, end: '2025-11-12' };
	expect(answerText({ ...asked, range: soFar, before: null, today: soFar.end, total: { amount: 1 } })).toBe(
		'You spent €0.01 in November 2025 so far.'
	);
});
