/** What money comes to, put together from sums of transactions that are alike. Currencies are never added up. */
import { flowOf } from '../budgets/spending.ts';

/** Transactions of one month that are alike. */
export type Sum = {
	/** YYYY-MM. */
	month: string;
	accountId: string;
	currency: string;
	categoryId: string | null;
	/** Null where merchants were not asked for. */
	merchantKey: string | null;
	/** Of each of the amounts: -1, 0 or 1. */
	sign: number;
	/** In minor units, outflow negative. */
	amount: number;
	count: number;
};

/**
 * Goes through sums. Ten years can have a hundred thousand, so each is handed over in the same object: whoever visits takes from
 * it what they need.
 */
export type Sums = (visit: (sum: Readonly<Sum>) => void) => void;

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
	sums: Sums,
	keyOf: (sum: Sum) => string | null,
	flow: (sum: Sum) => Direction | null,
	direction: Direction
): Totals {
	const totals: Totals = new Map();
	sums((sum) => flow(sum) === direction && add(totals, sum, keyOf(sum), direction));
	return totals;
}

/** The same for each month apart. */
export function totalsByMonth(
	sums: Sums,
	keyOf: (sum: Sum) => string | null,
	flow: (sum: Sum) => Direction | null,
	direction: Direction
): Map<string, Totals> {
	const months = new Map<string, Totals>();
	sums((sum) => {
		if (flow(sum) !== direction) return;
		let totals = months.get(sum.month);
		if (!totals) months.set(sum.month, (totals = new Map()));
		add(totals, sum, keyOf(sum), direction);
	});
	return months;
}

function add(
	totals: Totals,
	{ currency, amount, count }: Sum,
	key: string | null,
	direction: Direction
): void {
	let keys = totals.get(currency);
	if (!keys) totals.set(currency, (keys = new Map()));
	let total = keys.get(key);
	if (!total) keys.set(key, (total = { amount: 0, count: 0 }));
	total.amount += direction === 'out' ? -amount : amount;
	total.count += count;
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
