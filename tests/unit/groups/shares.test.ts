/** The money properties of shares: whatever is split in whatever way, nothing is left over and nobody is treated unlike another. */
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { inOrder } from '#lib/groups/members-of.ts';
import { partsOf } from '#lib/groups/parts.ts';
import { sharesOf, type Share } from '#lib/groups/shares.ts';
import { splitSchema, type Split, type SplitMode } from '#lib/groups/split.ts';
import { amounts, caseOf, modes, payersOf, person, seeds, type Case } from '../../support/split-cases.ts';

// Thousands of cases each, on whatever machine.
vi.setConfig({ testTimeout: 60_000 });

const casesPerMode = 2000;
const caseless = 1000;

function shared({ amount, split, seed }: Case): Share[] {
	const result = sharesOf(amount, split, seed);
	if (!result.ok) return expect.fail(JSON.stringify(result.problem));
	return result.shares;
}

const byMember = (shares: Share[]) => new Map(shares.map(({ memberId, amount }) => [memberId, amount]));

/** Everybody's part as it would be if a unit could be cut: [numerator, denominator]. */
function exactParts(amount: bigint, split: Split): Map<string, [bigint, bigint]> {
	const of = (list: [string, bigint, bigint][]) =>
		new Map(list.map(([memberId, top, bottom]) => [memberId, [top, bottom] as [bigint, bigint]]));
	const sum = (list: readonly bigint[]) => list.reduce((a, b) => a + b, 0n);
	const tenThousandths = (value: number) => BigInt(Math.round(value * 10_000));
	switch (split.mode) {
		case 'equal':
			return of(split.members.map(({ memberId }) => [memberId, amount, BigInt(split.members.length)]));
		case 'exact':
			return of(split.members.map((member) => [member.memberId, BigInt(member.amount), 1n]));
		case 'percent':
			return of(
				split.members.map(({ memberId, percent }) => [memberId, amount * tenThousandths(percent), 1_000_000n])
			);
		case 'shares': {
			const all = sum(split.members.map(({ shares }) => tenThousandths(shares)));
			return of(
				split.members.map(({ memberId, shares }) => [memberId, amount * tenThousandths(shares), all])
			);
		}
		case 'adjust': {
			const count = BigInt(split.members.length);
			const rest = amount - sum(split.members.map((member) => BigInt(member.amount)));
			return of(
				split.members.map((member) => [member.memberId, rest + count * BigInt(member.amount), count])
			);
		}
		case 'items': {
			const bottom = 232_792_560n; // what every number up to 20 divides
			const had = new Map<string, bigint>();
			for (const item of split.items) {
				for (const memberId of item.memberIds) {
					const part = (BigInt(item.amount) * bottom) / BigInt(item.memberIds.length);
					had.set(memberId, (had.get(memberId) ?? 0n) + part);
				}
			}
			const all = sum([...had.values()]);
			return of([...had].map(([memberId, part]) => [memberId, amount * part, all]));
		}
	}
}

const every = (mode: SplitMode, holds: (one: Case) => void, numRuns = casesPerMode): void =>
	fc.assert(fc.property(caseOf(mode), holds), { numRuns });

test.each(modes)('%s: shares add up, are within a unit of the exact part, and are fair', (mode) => {
	every(mode, (one) => {
		expect(splitSchema.safeParse(one.split).success).toBe(true);
		const shares = shared(one);
		expect(shares.reduce((sum, { amount }) => sum + BigInt(amount), 0n)).toBe(BigInt(one.amount));

		const exact = exactParts(BigInt(one.amount), one.split);
		expect(shares).toHaveLength(exact.size);
		const alike = new Map<string, number[]>();
		for (const { memberId, amount } of shares) {
			const [top, bottom] = exact.get(memberId)!;
			const off = BigInt(amount) * bottom - top;
			const within = bottom < 0n ? -bottom : bottom;
			expect(off < within && off > -within).toBe(true);
			const claim = `${top}/${bottom}`;
			alike.set(claim, [...(alike.get(claim) ?? []), amount]);
		}
		for (const amounts of alike.values()) {
			expect(Math.max(...amounts) - Math.min(...amounts)).toBeLessThanOrEqual(1);
		}

		// Neither the order of people nor opening and saving changes anything.
		expect(byMember(shared({ ...one, split: turned(one.split) }))).toEqual(byMember(shares));
		expect(byMember(shared({ ...one, split: inOrder.split(one.split) }))).toEqual(byMember(shares));
		const saved = JSON.parse(JSON.stringify(one)) as Case;
		expect(shared(saved)).toEqual(shares);
	});
});

function turned(split: Split): Split {
	if (split.mode === 'items') {
		const items = split.items
			.map((item) => ({ ...item, memberIds: item.memberIds.toReversed() }))
			.toReversed();
		return { ...split, items };
	}
	return { ...split, members: split.members.toReversed() } as Split;
}

test('parts add up in whatever currency they are owed, and nobody is made to pay for nothing', () => {
	const conversion = fc.record({
		currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
		rate: fc.constantFrom('1', '0.9137', '155.04', '0.0064511', '3.2615', '0.3')
	});
	const any = fc.constantFrom(...modes).chain((mode) => caseOf(mode));
	fc.assert(
		fc.property(
			any,
			fc.constantFrom('USD', 'KRW', 'BHD'),
			conversion,
			fc.nat(),
			(one, currency, into, cut) => {
				const payers = payersOf(one.amount, cut);
				const worked = partsOf({ ...one, currency, payers, conversion: into }, one.seed);
				if (!worked.ok) {
					expect(worked.problem.code).toBe('bad_rate'); // turned into nothing, or into too much
					return;
				}
				const { parts, settleAmount, settleCurrency } = worked;
				const sum = (field: 'paid' | 'share' | 'net') =>
					parts.reduce((total, part) => total + BigInt(part[field]), 0n);
				expect(settleCurrency).toBe(into.currency);
				expect(sum('paid')).toBe(BigInt(settleAmount));
				expect(sum('share')).toBe(BigInt(settleAmount));
				expect(sum('net')).toBe(0n);
				// Within a unit of the exact part of the converted amount.
				const exact = exactParts(BigInt(one.amount), one.split);
				for (const { memberId, share } of parts) {
					const [top, bottom] = exact.get(memberId) ?? [0n, 1n];
					const whole = bottom * BigInt(one.amount);
					const off = BigInt(share) * whole - top * BigInt(settleAmount);
					const within = whole < 0n ? -whole : whole;
					expect(off < within && off > -within).toBe(true);
				}
			}
		),
		{ numRuns: 3 * caseless }
	);
});

test.each([2, 3, 4, 7, 50])('among %i alike the odd units go round from expense to expense', (count) => {
	const people = Array.from({ length: count }, (_, n) => person(n));
	const members = people.map((memberId) => ({ memberId }));
	const starts = fc.tuple(fc.nat(), fc.integer({ min: 1, max: count - 1 }), fc.integer({ min: 1, max: 30 }));
	fc.assert(
		fc.property(starts, ([first, odd, expenses]) => {
			const had = new Map(people.map((memberId) => [memberId, 0]));
			for (let turn = first; turn < first + expenses; turn++) {
				const amount = count * 100 + odd;
				const shares = shared({ amount, split: { mode: 'equal', members }, seed: turn });
				expect(shares.filter((share) => share.odd)).toHaveLength(odd);
				for (const share of shares) if (share.odd) had.set(share.memberId, had.get(share.memberId)! + 1);
				expect(Math.max(...had.values()) - Math.min(...had.values())).toBeLessThanOrEqual(1);
			}
		}),
		{ numRuns: 200 }
	);
});

test('expenses from before turns keep who drew their odd unit', () => {
	const members = [0, 1, 2].map((n) => ({ memberId: person(n) }));
	const drew = [1, 2, 3, 4, 5, 6].map((n) => {
		const shares = shared({ amount: 1000, split: { mode: 'equal', members }, seed: person(n) });
		return members.findIndex(({ memberId }) => shares.find(({ odd }) => odd)!.memberId === memberId);
	});
	expect(drew).toEqual([2, 2, 1, 1, 2, 0]);
});

test('what cannot be split is refused, with how much it is off', () => {
	const off = fc.integer({ min: -5000, max: 5000 }).filter((by) => by !== 0);
	fc.assert(
		fc.property(caseOf('exact'), off, ({ amount, split, seed }, by) => {
			expect(sharesOf(amount - by, split, seed)).toEqual({
				ok: false,
				problem: { code: 'split_sum', over: by }
			});
		}),
		{ numRuns: 500 }
	);
	const [a, b] = [person(0), person(1)];
	const refused = (split: Split, amount = 100) => {
		const result = sharesOf(amount, split, 'x');
		return result.ok ? expect.fail('this was to be refused') : result.problem;
	};
	const percent = (...parts: number[]): Split => ({
		mode: 'percent',
		members: parts.map((part, n) => ({ memberId: person(n), percent: part }))
	});
	expect(refused(percent(33.3333, 33.3333, 33.3333))).toEqual({ code: 'split_percent', over: -0.0001 });
	expect(refused(percent(60, 50.5))).toEqual({ code: 'split_percent', over: 10.5 });
	const extra = (amount: number): Split => ({
		mode: 'adjust',
		members: [
			{ memberId: a, amount },
			{ memberId: b, amount: 0 }
		]
	});
	expect(refused(extra(101))).toEqual({ code: 'split_sum', over: 1 });
	expect(refused(extra(-101), -100)).toEqual({ code: 'split_sum', over: -1 });
	expect(refused({ mode: 'shares', members: [{ memberId: a, shares: 0 }] })).toEqual({
		code: 'split_nobody'
	});
	expect(refused({ mode: 'equal', members: [{ memberId: a }, { memberId: a }] })).toEqual({
		code: 'split_twice',
		memberId: a
	});
	const items = [{ name: '', amount: 90, memberIds: [a] }];
	expect(refused({ mode: 'items', items, tax: 5, tip: 6 })).toEqual({ code: 'split_items_sum', over: 1 });
});

test('an amount of one unit goes to one, and a refund mirrors what it takes back within a unit', () => {
	fc.assert(
		fc.property(amounts, fc.integer({ min: 1, max: 50 }), seeds, (amount, count, seed) => {
			const members = Array.from({ length: count }, (_, n) => ({ memberId: person(n) }));
			const there = shared({ amount, split: { mode: 'equal', members }, seed });
			const back = byMember(shared({ amount: -amount, split: { mode: 'equal', members }, seed }));
			for (const { memberId, amount } of there) {
				expect(Math.abs(amount + back.get(memberId)!)).toBeLessThanOrEqual(1);
			}
		}),
		{ numRuns: caseless }
	);
});
