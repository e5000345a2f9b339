/** What everybody's share of an expense is: the one function that form, server, balances, statistics and export use. */
import { apportion, type Claim, type Seed } from './apportion.ts';
import type { Split } from './split.ts';

export type Share = {
	memberId: string;
	/** In minor units. The shares of an expense add up to its amount, always. */
	amount: number;
	/** The unit too many that would not divide fell to this one. */
	odd: boolean;
};

/** Why an expense cannot be split like that; `over` in minor units (or per cent): what is too much, negative: what is missing. */
export type SplitProblem =
	| { code: 'split_sum'; over: number }
	| { code: 'split_percent'; over: number }
	| { code: 'split_nobody' }
	| { code: 'split_twice'; memberId: string }
	| { code: 'split_items_sum'; over: number };

export type Shares = { ok: true; shares: Share[] } | { ok: false; problem: SplitProblem };

/**
 * Splits an amount (minor units, negative for a refund). `seed` decides whose turn the odd unit is.
 * Everybody named gets a share, also of 0.
 */
export function sharesOf(amount: number, split: Split, seed: Seed): Shares {
	const twice = firstTwice(split);
	if (twice !== undefined) return refuse({ code: 'split_twice', memberId: twice });
	switch (split.mode) {
		case 'equal':
			return inProportion(
				amount,
				split.members.map(({ memberId }) => ({ memberId, weight: 1n })),
				seed
			);
		case 'exact':
			return exact(amount, split.members);
		case 'percent':
			return byPercent(amount, split.members, seed);
		case 'shares':
			return inProportion(
				amount,
				split.members.map(({ memberId, shares }) => ({ memberId, weight: scaled(shares, 3) })),
				seed
			);
		case 'adjust':
			return adjusted(amount, split.members, seed);
		case 'items':
			return byItems(amount, split, seed);
	}
}

const refuse = (problem: SplitProblem): Shares => ({ ok: false, problem });

/** A decimal number as a whole number of its smallest places; rounding only takes off what floats add. */
const scaled = (value: number, places: number): bigint => BigInt(Math.round(value * 10 ** places));

function firstTwice(split: Split): string | undefined {
	const lists =
		split.mode === 'items'
			? split.items.map(({ memberIds }) => memberIds)
			: [split.members.map((member) => member.memberId)];
	for (const list of lists) {
		const seen = new Set<string>();
		for (const memberId of list) {
			if (seen.has(memberId)) return memberId;
			seen.add(memberId);
		}
	}
	return undefined;
}

function inProportion(amount: number, claims: readonly Claim[], seed: Seed): Shares {
	if (claims.reduce((sum, { weight }) => sum + weight, 0n) <= 0n) return refuse({ code: 'split_nobody' });
	const parts = apportion(BigInt(amount), claims, seed);
	return { ok: true, shares: parts.map((part) => ({ ...part, amount: Number(part.amount) })) };
}

function exact(amount: number, members: readonly { memberId: string; amount: number }[]): Shares {
	const over = sum(members) - BigInt(amount);
	if (over !== 0n) return refuse({ code: 'split_sum', over: Number(over) });
	// Forms that turn a sign round make a minus zero of nothing.
	const shares = members.map(({ memberId, amount: share }) => ({ memberId, amount: share || 0, odd: false }));
	return { ok: true, shares };
}

function byPercent(
	amount: number,
	members: readonly { memberId: string; percent: number }[],
	seed: Seed
): Shares {
	const claims = members.map(({ memberId, percent }) => ({ memberId, weight: scaled(percent, 4) }));
	const over = claims.reduce((total, { weight }) => total + weight, 0n) - 1_000_000n;
	if (over !== 0n) return refuse({ code: 'split_percent', over: Number(over) / 10_000 });
	return inProportion(amount, claims, seed);
}

/** The adjustments first, then the rest alike. */
function adjusted(
	amount: number,
	members: readonly { memberId: string; amount: number }[],
	seed: Seed
): Shares {
	const rest = BigInt(amount) - sum(members);
	// More adjusted than there is: somebody's equal part would turn against them.
	if (amount >= 0 ? rest < 0n : rest > 0n) return refuse({ code: 'split_sum', over: -Number(rest) });
	const parts = apportion(
		rest,
		members.map(({ memberId }) => ({ memberId, weight: 1n })),
		seed
	);
	const extra = new Map(members.map(({ memberId, amount }) => [memberId, amount]));
	return {
		ok: true,
		shares: parts.map(({ memberId, amount, odd }) => ({
			memberId,
			amount: Number(amount) + (extra.get(memberId) ?? 0),
			odd
		}))
	};
}

function byItems(amount: number, { items, tax, tip }: Extract<Split, { mode: 'items' }>, seed: Seed): Shares {
	const over = sum(items) + BigInt(tax) + BigInt(tip) - BigInt(amount);
	if (over !== 0n) return refuse({ code: 'split_items_sum', over: Number(over) });
	// A refund's items are negative: turned round they are claims like any other.
	const sign = amount < 0 ? -1n : 1n;
	return inProportion(
		amount,
		itemWeights(items).map(({ memberId, weight }) => ({ memberId, weight: weight * sign })),
		seed
	);
}

/** What everybody had, exactly: an item among three counts a third, so all is counted in the same small parts. */
function itemWeights(items: Extract<Split, { mode: 'items' }>['items']): Claim[] {
	const parts = items.reduce((all, { memberIds }) => leastCommonMultiple(all, BigInt(memberIds.length)), 1n);
	const weights = new Map<string, bigint>();
	for (const { amount: price, memberIds } of items) {
		const each = (BigInt(price) * parts) / BigInt(memberIds.length);
		for (const memberId of memberIds) weights.set(memberId, (weights.get(memberId) ?? 0n) + each);
	}
	return [...weights].map(([memberId, weight]) => ({ memberId, weight }));
}

/**
 * The same in another currency: `converted` (minor units there) dealt out in exactly the proportions of a split that
 * {@link sharesOf} accepts for `amount`.
 */
export function convertedShares(amount: number, split: Split, converted: number, seed: Seed): Share[] {
	const parts = apportion(BigInt(converted), claimsOf(amount, split), seed);
	return parts.map((part) => ({ ...part, amount: Number(part.amount) }));
}

/** Everybody's exact part of an amount, as weights whose sum is above zero. */
function claimsOf(amount: number, split: Split): Claim[] {
	const sign = amount < 0 ? -1n : 1n;
	switch (split.mode) {
		case 'equal':
			return split.members.map(({ memberId }) => ({ memberId, weight: 1n }));
		case 'percent':
			return split.members.map(({ memberId, percent }) => ({ memberId, weight: scaled(percent, 4) }));
		case 'shares':
			return split.members.map(({ memberId, shares }) => ({ memberId, weight: scaled(shares, 3) }));
		case 'exact':
			return split.members.map(({ memberId, amount }) => ({ memberId, weight: BigInt(amount) * sign }));
		case 'adjust': {
			const rest = BigInt(amount) - sum(split.members);
			const count = BigInt(split.members.length);
			return split.members.map(({ memberId, amount: extra }) => ({
				memberId,
				weight: (rest + count * BigInt(extra)) * sign
			}));
		}
		case 'items':
			return itemWeights(split.items).map(({ memberId, weight }) => ({ memberId, weight: weight * sign }));
	}
}

const sum = (list: readonly { amount: number }[]): bigint =>
	list.reduce((total, { amount }) => total + BigInt(amount), 0n);

function leastCommonMultiple(a: bigint, b: bigint): bigint {
	let [x, y] = [a, b];
	while (y !== 0n) [x, y] = [y, x % y];
	return (a / x) * b;
}
