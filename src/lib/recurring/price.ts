import { stepBetween } from './chain.ts';
import type { Payment, Series } from './types.ts';

/** Amounts that differ by no more than this are the same price. */
const samePrice = 0.005;
/** More changes than this share of the payments (and more than one) is no price any more: the amount drifts. */
const changesAllowed = 0.3;

type Price = Pick<
	Series,
	'amount' | 'drifts' | 'amountMin' | 'amountMax' | 'previousAmount' | 'priceChangedOn'
>;

/** What the next payment of a series will cost, judged by its payments so far, by date. */
export function priceOf(payments: readonly Payment[]): Price {
	const prices = pricesOf(payments);
	const changes = prices.length - 1;
	const drifts = changes > Math.max(1, changesAllowed * (payments.length - 1));
	if (drifts) {
		const amounts = payments.slice(-12).map(({ amount }) => amount);
		return {
			amount: median(amounts.slice(-5)),
			drifts,
			amountMin: Math.min(...amounts),
			amountMax: Math.max(...amounts),
			previousAmount: null,
			priceChangedOn: null
		};
	}
	const current = prices.at(-1)!.map(({ amount }) => amount);
	const previous = prices.at(-2)?.at(-1);
	return {
		amount: current.at(-1)!,
		drifts,
		amountMin: Math.min(...current),
		amountMax: Math.max(...current),
		previousAmount: previous?.amount ?? null,
		priceChangedOn: previous ? prices.at(-1)![0]!.date : null
	};
}

/** Payments grouped by the price they were made at, in order. A single one that goes back at once is no price of its own. */
function pricesOf(payments: readonly Payment[]): Payment[][] {
	const prices: Payment[][] = [];
	for (const payment of payments) {
		const [before, current] = [prices.at(-2), prices.at(-1)];
		if (current && isSame(current, payment)) current.push(payment);
		else if (before && current?.length === 1 && isSame(before, payment)) {
			prices.pop();
			before.push(payment);
		} else prices.push([payment]);
	}
	return prices;
}

function isSame(price: Payment[], payment: Payment): boolean {
	return stepBetween(price.at(-1)!.amount, payment.amount) <= samePrice;
}

/** The middle amount, the lower (as a number) of two. */
function median(amounts: readonly number[]): number {
	return [...amounts].sort((a, b) => a - b)[Math.floor((amounts.length - 1) / 2)]!;
}
