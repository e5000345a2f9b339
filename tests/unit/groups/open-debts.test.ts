import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { Position, Transfer } from '#lib/groups/debts.ts';
import { lessPaid, openDebts } from '#lib/groups/open-debts.ts';
import { person } from '../../support/split-cases.ts';

// Thousands of cases, on whatever machine.
vi.setConfig({ testTimeout: 60_000 });

/** Ana paid dinner for 30.00; Ben and Cleo owe her a third each. */
const dinner: Position[] = [
	{ memberId: 'ana', amount: 2000 },
	{ memberId: 'ben', amount: -1000 },
	{ memberId: 'cleo', amount: -1000 }
];
/** The same, after it turned out that Dora had paid it. */
const corrected: Position[] = [
	{ memberId: 'dora', amount: 3000 },
	{ memberId: 'ana', amount: -1000 },
	{ memberId: 'ben', amount: -1000 },
	{ memberId: 'cleo', amount: -1000 }
];
const paid = (from: string, to: string, amount: number): Transfer => ({ from, to, amount });

test('what is paid is not open any more, in part or whole', () => {
	expect(openDebts(dinner, [])).toEqual([paid('ben', 'ana', 1000), paid('cleo', 'ana', 1000)]);
	expect(openDebts(dinner, [paid('ben', 'ana', 400)])).toEqual([
		paid('cleo', 'ana', 1000),
		paid('ben', 'ana', 600)
	]);
	expect(openDebts(dinner, [paid('ben', 'ana', 1000)])).toEqual([paid('cleo', 'ana', 1000)]);
});

test('what went to somebody who is owed nothing, or more than they are owed, pays no share', () => {
	expect(openDebts(corrected, [paid('ben', 'ana', 1000)])).toHaveLength(3);
	expect(openDebts(dinner, [paid('ana', 'ben', 500)])).toHaveLength(2);
	expect(openDebts(dinner, [paid('zoe', 'ana', 500)])).toHaveLength(2);
	expect(openDebts(dinner, [paid('ben', 'ana', 5000)])).toEqual([paid('cleo', 'ana', 1000)]);
});

const count = 8;
const positions = fc
	.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: 1, maxLength: count - 1 })
	.map((some) =>
		[...some, -some.reduce((sum, amount) => sum + amount, 0)].map((amount, n): Position => ({
			memberId: person(n),
			amount
		}))
	);
const payments = fc.array(
	fc
		.tuple(fc.nat(count), fc.nat(count), fc.integer({ min: 1, max: 1_500_000 }))
		.filter(([from, to]) => from !== to)
		.map(([from, to, amount]): Transfer => ({ from: person(from), to: person(to), amount })),
	{ maxLength: 20 }
);
const sum = (list: readonly Position[]): number => list.reduce((total, { amount }) => total + amount, 0);

test('whatever was paid, what is open adds up, is never more than was owed, and paid once is nothing', () => {
	fc.assert(
		fc.property(positions, payments, (before, some) => {
			const open = lessPaid(before, some);
			expect(sum(open)).toBe(0);
			expect(open.map(({ memberId }) => memberId)).toEqual(before.map(({ memberId }) => memberId));
			for (const [at, { amount }] of open.entries()) {
				const was = before[at]!.amount;
				expect(amount === 0 || Math.sign(amount) === Math.sign(was)).toBe(true);
				expect(Math.abs(amount)).toBeLessThanOrEqual(Math.abs(was));
			}
			const debts = openDebts(before, some);
			expect(openDebts(before, [...some, ...debts])).toEqual([]);
			// What pays no share is told to nobody, and neither is it lost: it is what the payments are more than what counts.
			const counted =
				sum(before.filter(({ amount }) => amount > 0)) - sum(open.filter(({ amount }) => amount > 0));
			expect(counted).toBeLessThanOrEqual(some.reduce((total, { amount }) => total + amount, 0));
		}),
		{ numRuns: 2500 }
	);
});
