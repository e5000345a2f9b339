import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { netPairs, simplify, type Position, type Transfer } from '#lib/groups/debts.ts';
import { totalsOf } from '#lib/groups/totals.ts';
import { realExport } from '../../support/splits.ts';
import { person } from '../../support/split-cases.ts';

// Thousands of cases, on whatever machine.
vi.setConfig({ testTimeout: 60_000 });

const positions = fc
	.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: 0, maxLength: 49 })
	.map((some) =>
		[...some, -some.reduce((sum, amount) => sum + amount, 0)].map((amount, n): Position => ({
			memberId: person(n),
			amount
		}))
	);

/** What transfers leave of positions: only what is not zero. */
function after(before: readonly Position[], transfers: readonly Transfer[]): Map<string, number> {
	const left = new Map(before.map(({ memberId, amount }) => [memberId, amount]));
	const add = (memberId: string, amount: number) => left.set(memberId, (left.get(memberId) ?? 0) + amount);
	for (const { from, to, amount } of transfers) {
		add(from, amount);
		add(to, -amount);
	}
	return new Map([...left].filter(([, amount]) => amount !== 0));
}

test('at most one transfer fewer than there are people brings everybody to zero, in any order of them', () => {
	fc.assert(
		fc.property(positions, (before) => {
			const transfers = simplify(before);
			const unsettled = before.filter(({ amount }) => amount !== 0).length;
			expect(transfers.length).toBeLessThanOrEqual(Math.max(0, unsettled - 1));
			expect(transfers.every(({ from, to, amount }) => amount > 0 && from !== to)).toBe(true);
			expect(after(before, transfers)).toEqual(new Map());
			expect(simplify(before.toReversed())).toEqual(transfers);
			// Nobody who is behind is paid, and nobody who is ahead pays.
			const amountOf = new Map(before.map(({ memberId, amount }) => [memberId, amount]));
			expect(transfers.every(({ from, to }) => amountOf.get(from)! < 0 && amountOf.get(to)! > 0)).toBe(true);
		}),
		{ numRuns: 2500 }
	);
});

const transfers = fc.array(
	fc
		.tuple(fc.nat(9), fc.nat(9), fc.integer({ min: 1, max: 10_000 }))
		.filter(([from, to]) => from !== to)
		.map(([from, to, amount]): Transfer => ({ from: person(from), to: person(to), amount })),
	{ maxLength: 60 }
);

test('evened out in pairs, everybody owes and is owed what they were', () => {
	fc.assert(
		fc.property(transfers, (all) => {
			const pairs = netPairs(all);
			expect(after([], pairs)).toEqual(after([], all));
			const keys = pairs.map(({ from, to }) => [from, to].sort().join());
			expect(new Set(keys).size).toBe(keys.length);
			expect(pairs.every(({ amount }) => amount > 0)).toBe(true);
		}),
		{ numRuns: 500 }
	);
});

test('pairs that even each other out are not drawn into anything else', () => {
	const before = [
		{ memberId: 'a', amount: -700 },
		{ memberId: 'b', amount: -300 },
		{ memberId: 'c', amount: 300 },
		{ memberId: 'd', amount: 700 }
	];
	expect(simplify(before)).toEqual([
		{ from: 'a', to: 'd', amount: 700 },
		{ from: 'b', to: 'c', amount: 300 }
	]);
});

const graph = realExport('splitpro_real_group_balances.json');

if (graph)
	test('a real group keeps every net with fewer transfers, in each currency', () => {
		type Row = { userId: number; friendId: number; amount: string; currency: string };
		const currencies = Map.groupBy(JSON.parse(graph!) as Row[], ({ currency }) => currency);
		let [transfers, debts] = [0, 0];
		for (const rows of currencies.values()) {
			const nets = new Map<string, number>();
			for (const { userId, amount } of rows) {
				nets.set(String(userId), (nets.get(String(userId)) ?? 0) + Number(amount));
			}
			const before = [...nets].map(([memberId, amount]) => ({ memberId, amount }));
			expect(before.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
			const settled = simplify(before);
			expect(after(before, settled)).toEqual(new Map());
			transfers += settled.length;
			debts += rows.filter(({ amount }) => Number(amount) > 0).length; // each stands there once from either side
		}
		expect(debts).toBe(47);
		expect(transfers).toBeLessThan(debts / 2);
	});

test('debts and totals that no number holds exactly are refused, and not told wrong', () => {
	const most = Number.MAX_SAFE_INTEGER;
	const [a, b] = [person(0), person(1)];
	expect(netPairs([{ from: a, to: b, amount: most }])).toEqual([{ from: a, to: b, amount: most }]);
	const twice = [most, 2].map((amount) => ({ from: a, to: b, amount }));
	expect(() => netPairs(twice)).toThrow(RangeError);
	const inTwo = (amount: number) => ({ balances: [{ currency: 'EUR', amount }] });
	expect(totalsOf([inTwo(most), inTwo(-most)])).toEqual([]);
	expect(() => totalsOf([inTwo(-most), inTwo(-2)])).toThrow(RangeError);
});
