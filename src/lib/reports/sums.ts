/** What money comes to, put together from sums of transactions that are alike. Currencies are never added up. */
import { flowOf } from '../budgets/spending.ts';

/** Transactions of one month that are alike. */
export type Sum = {
	/** YYYY-MM. */
	month: string;
	accountId: string;
	currency: string;
	categoryId: string | null;
	merchantKey: string;
	/** Of each of the amounts: -1, 0 or 1. */
	sign: number;
	/** In minor units, outflow negative. */
	amount: number;
	count: number;
};

export const dimensions = ['category', 'merchant', 'account', 'month'] as const;
export type Dimension = (typeof dimensions)[number];

export const directions = ['out', 'in'] as const;
/** `out`: what was spent, `in`: what was earned. */
export type Direction = (typeof directions)[number];

/** Which upper-level group a category counts in. */
export type GroupOf = (categoryId: string) => string | undefined;

/** Minor units: spent and earned are both positive, unless more came back than went out. */
export type Total = { amount: number; count: number };

export const keysOf: Record<Dimension, (sum: Sum) => string | null> = {
	category: ({ categoryId }) => categoryId,
	merchant: ({ merchantKey }) => merchantKey,
	account: ({ accountId }) => accountId,
	month: ({ month }) => month
};

/** Answers what a sum counts as; asked of many sums, it decides once for each kind. */
export function flows(groupOf: GroupOf): (sum: Sum) => Direction | null {
	const known = new Map<string | null, (Direction | null)[]>();
	return ({ categoryId, sign }) => {
		let bySign = known.get(categoryId);
		if (!bySign) {
			const group = categoryId === null ? null : (groupOf(categoryId) ?? null);
			bySign = [-1n, 0n, 1n].map((amount) => flowOf({ categoryId, group, amount }));
			known.set(categoryId, bySign);
		}
		return bySign[sign + 1]!;
	};
}

/** Currency → key → what it comes to, of what counts as spent or as earned. */
export type Totals = Map<string, Map<string | null, Total>>;

export function totalsBy(
	sums: readonly Sum[],
	keyOf: (sum: Sum) => string | null,
	flow: (sum: Sum) => Direction | null,
	direction: Direction
): Totals {
	const totals: Totals = new Map();
	for (const sum of sums) {
		if (flow(sum) !== direction) continue;
		let keys = totals.get(sum.currency);
		if (!keys) totals.set(sum.currency, (keys = new Map()));
		const key = keyOf(sum);
		const amount = direction === 'out' ? -sum.amount : sum.amount;
		const total = keys.get(key);
		if (!total) keys.set(key, { amount, count: sum.count });
		else {
			total.amount += amount;
			total.count += sum.count;
		}
	}
	return totals;
}

/** All of some totals. */
export function totalOf(totals: Iterable<Total>): Total {
	const all = { amount: 0, count: 0 };
	for (const { amount, count } of totals) {
		all.amount += amount;
		all.count += count;
	}
	return all;
}
