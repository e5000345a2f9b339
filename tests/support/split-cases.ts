/** Splits of every kind, made up by fast-check. */
import fc from 'fast-check';
import type { Seed } from '#lib/groups/apportion.ts';
import { maxExpense } from '#lib/groups/limits.ts';
import type { Payer } from '#lib/groups/parts.ts';
import type { Split, SplitMode } from '#lib/groups/split.ts';

export type Case = { amount: number; split: Split; seed: Seed };

export const modes = [
	'equal',
	'exact',
	'percent',
	'shares',
	'adjust',
	'items'
] as const satisfies SplitMode[];

/** A turn, or the id of an expense from before there were any. */
export const seeds: fc.Arbitrary<Seed> = fc.oneof(fc.nat(), fc.uuid());

/** A member's id, always the same for a number. */
export const person = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** Small and large, of any currency, refunds included; never 0. */
export const amounts = fc
	.tuple(
		fc.oneof(
			fc.integer({ min: 1, max: 200 }),
			fc.integer({ min: 1, max: 1e6 }),
			fc.integer({ min: 1, max: maxExpense })
		),
		fc.boolean()
	)
	.map(([size, isRefund]) => (isRefund ? -size : size));

const people = (most: number) =>
	fc
		.uniqueArray(fc.integer({ min: 0, max: most - 1 }), { minLength: 1, maxLength: Math.min(most, 50) })
		.map((numbers) => numbers.map(person));

/** Whole numbers from 0 up that come to a total. */
const partition = (total: number, count: number): fc.Arbitrary<number[]> =>
	fc.array(fc.integer({ min: 0, max: total }), { minLength: count - 1, maxLength: count - 1 }).map((cuts) => {
		const at = [0, ...cuts.sort((a, b) => a - b), total];
		return at.slice(1).map((cut, n) => cut - at[n]!);
	});

type Make = (amount: number, ids: string[]) => fc.Arbitrary<Split>;

const among =
	(most: number) =>
	(make: Make): fc.Arbitrary<Case> =>
		fc
			.tuple(amounts, people(most), seeds)
			.chain(([amount, ids, seed]) => make(amount, ids).map((split) => ({ amount, split, seed })));

const each = (ids: string[], values: number[]) => ids.map((memberId, n) => ({ memberId, value: values[n]! }));

const items = (most: number): fc.Arbitrary<Case> =>
	fc
		.tuple(people(most), seeds, fc.boolean(), fc.nat(5000), fc.nat(5000))
		.chain(([ids, seed, isRefund, tax, tip]) => {
			const item = fc.record({
				amount: fc.integer({ min: 1, max: 100_000 }),
				memberIds: fc.subarray(ids, { minLength: 1, maxLength: Math.min(ids.length, 20) })
			});
			return fc.array(item, { minLength: 1, maxLength: 12 }).map((list) => {
				const sign = isRefund ? -1 : 1;
				const split: Split = {
					mode: 'items',
					items: list.map(({ amount, memberIds }) => ({ name: '', amount: amount * sign, memberIds })),
					tax: tax * sign,
					tip: tip * sign
				};
				const all = list.reduce((sum, { amount }) => sum + amount, tax + tip);
				return { amount: all * sign, split, seed };
			});
		});

/** An amount with a split of it that adds up, among 1 to 50 of the first `most` people. */
export function caseOf(mode: SplitMode, most = 100): fc.Arbitrary<Case> {
	const withAmount = among(most);
	switch (mode) {
		case 'equal':
			return withAmount((_, ids) => fc.constant({ mode, members: ids.map((memberId) => ({ memberId })) }));
		case 'exact':
			return withAmount((amount, ids) =>
				partition(Math.abs(amount), ids.length).map((parts) => ({
					mode,
					members: each(ids, parts).map(({ memberId, value }) => ({
						memberId,
						amount: amount < 0 ? -value : value
					}))
				}))
			);
		case 'percent':
			return withAmount((_, ids) =>
				partition(1_000_000, ids.length).map((parts) => ({
					mode,
					members: each(ids, parts).map(({ memberId, value }) => ({ memberId, percent: value / 10_000 }))
				}))
			);
		case 'shares':
			return withAmount((_, ids) =>
				fc
					.array(fc.integer({ min: 0, max: 5000 }), { minLength: ids.length, maxLength: ids.length })
					.filter((weights) => weights.some((weight) => weight > 0))
					.map((weights) => ({
						mode,
						members: each(ids, weights).map(({ memberId, value }) => ({ memberId, shares: value / 1000 }))
					}))
			);
		case 'adjust':
			return withAmount((amount, ids) =>
				fc.tuple(fc.integer({ min: 0, max: Math.abs(amount) }), fc.nat(300)).chain(([extra, less]) =>
					partition(extra, ids.length).map((parts) => ({
						mode,
						members: each(ids, parts).map(({ memberId, value }, n) => ({
							memberId,
							amount: (n % 3 === 2 ? value - less : value) * Math.sign(amount)
						}))
					}))
				)
			);
		case 'items':
			return items(most);
	}
}

/** Who paid it: the first alone, or two. */
export function payersOf(amount: number, cut: number): Payer[] {
	const part = amount < 0 ? -(cut % -amount) : cut % amount;
	if (part === 0) return [{ memberId: person(0), amount }];
	return [
		{ memberId: person(0), amount: amount - part },
		{ memberId: person(1), amount: part }
	];
}
