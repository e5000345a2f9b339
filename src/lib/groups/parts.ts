/** What an expense means to everybody in it: what they paid, what their share is, and the difference. */
import { apportion, type Seed } from './apportion.ts';
import { convert } from './convert.ts';
import { maxExpense } from './limits.ts';
import { convertedShares, sharesOf, type Share, type SplitProblem } from './shares.ts';
import type { Split } from './split.ts';

export type Payer = { memberId: string; amount: number };

/** The money of an expense. Amounts are in minor units of `currency`, negative for a refund. */
export type ExpenseMoney = {
	currency: string;
	amount: number;
	payers: readonly Payer[];
	split: Split;
	/** What it is owed in, and what one unit of `currency` is worth there, as a decimal text. */
	conversion?: { currency: string; rate: string } | null | undefined;
};

export type Part = {
	memberId: string;
	/** In minor units of the currency that it is owed in, as the others. */
	paid: number;
	share: number;
	/** paid - share: what the others owe this one, or (negative) what this one owes. */
	net: number;
	/** The unit that would not divide fell here. */
	odd: boolean;
};

export type PartsProblem =
	| SplitProblem
	| { code: 'amount_zero' | 'payer_sign' | 'bad_rate' | 'share_too_large' }
	| { code: 'payer_twice'; memberId: string }
	| { code: 'payers_sum'; over: number };

export type Parts =
	| { ok: true; settleCurrency: string; settleAmount: number; parts: Part[] }
	| { ok: false; problem: PartsProblem };

/**
 * The parts of an expense, one for everybody who paid or has a share. They add up: paid and share to the amount each, net to
 * zero. `seed` is as for {@link sharesOf}.
 */
export function partsOf(money: ExpenseMoney, seed: Seed): Parts {
	const { amount, currency, payers, split, conversion } = money;
	const problem = payersProblem(amount, payers);
	if (problem) return { ok: false, problem };
	const asEntered = sharesOf(amount, split, seed);
	if (!asEntered.ok) return asEntered;
	if (!conversion || conversion.currency === currency) {
		return whole(currency, amount, joined(payers, asEntered.shares));
	}
	const converted = convert(amount, currency, conversion.currency, conversion.rate);
	if (converted === null || converted === 0 || Math.abs(converted) > maxExpense) {
		return { ok: false, problem: { code: 'bad_rate' } };
	}
	const shares = convertedShares(amount, split, converted, seed);
	return whole(conversion.currency, converted, joined(convertedPayers(payers, converted, seed), shares));
}

/** Items that nearly cancel each other out, or amounts of both signs, can make shares far larger than the expense. */
function whole(settleCurrency: string, settleAmount: number, parts: Part[]): Parts {
	const isTooLarge = parts.some((part) =>
		[part.paid, part.share, part.net].some((amount) => Math.abs(amount) > maxExpense)
	);
	if (isTooLarge) return { ok: false, problem: { code: 'share_too_large' } };
	return { ok: true, settleCurrency, settleAmount, parts };
}

function payersProblem(amount: number, payers: readonly Payer[]): PartsProblem | null {
	if (amount === 0) return { code: 'amount_zero' };
	const twice = payers.find(({ memberId }, at) => payers.findIndex((p) => p.memberId === memberId) !== at);
	if (twice) return { code: 'payer_twice', memberId: twice.memberId };
	if (payers.some((payer) => payer.amount !== 0 && payer.amount < 0 !== amount < 0)) {
		return { code: 'payer_sign' };
	}
	const over = payers.reduce((sum, payer) => sum + payer.amount, 0) - amount;
	return over === 0 ? null : { code: 'payers_sum', over };
}

function convertedPayers(payers: readonly Payer[], converted: number, seed: Seed): Payer[] {
	const claims = payers.map(({ memberId, amount }) => ({ memberId, weight: BigInt(Math.abs(amount)) }));
	return apportion(BigInt(converted), claims, seed).map(({ memberId, amount }) => ({
		memberId,
		amount: Number(amount)
	}));
}

function joined(payers: readonly Payer[], shares: readonly Share[]): Part[] {
	const paid = new Map(payers.map(({ memberId, amount }) => [memberId, amount]));
	const share = new Map(shares.map((one) => [one.memberId, one]));
	return [...new Set([...paid.keys(), ...share.keys()])].map((memberId) => {
		const [p, s] = [paid.get(memberId) ?? 0, share.get(memberId)?.amount ?? 0];
		return { memberId, paid: p, share: s, net: p - s, odd: share.get(memberId)?.odd ?? false };
	});
}
