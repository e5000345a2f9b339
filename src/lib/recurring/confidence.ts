import type { Fit } from './anchor.ts';
import { fitAnchor } from './anchor.ts';
import { periodsBetween, stepBetween } from './chain.ts';
import { rhythms } from './schedule.ts';
import type { Cadence } from './types.ts';

/** Below this a series is not worth showing. */
export const leastConfidence = 0.5;

/** What a run of payments is judged by. `days` are day numbers in order, `amounts` belong to them. */
export type Evidence = {
	cadence: Cadence;
	days: readonly number[];
	amounts: readonly number[];
} & Surroundings;

/** What else the merchant is paid. */
export type Surroundings = {
	/** The share of payments of like amount, between the first and the last, that belong to series. */
	purity: number;
	/** Payments of like amount per day, over the whole history. */
	rate: number;
	/** All payments to the merchant. */
	total: number;
};

/**
 * How sure we are that payments are a series, 0 to 1, and the anchor they fit. The product of six factors, each 0 to 1:
 * - timing: 1 - (d / (slack + 2))^1.5, where d is the mean distance in days from the anchor's dates (see `fitAnchor`)
 * - amounts: 1 - min(s, 0.5), where s is the mean step from one amount to the next as a share of the greater
 * - coverage: payments seen of payments expected between the first and the last
 * - purity: the share of payments of like amount in that time that belong to the series, or another of the same price
 * - count: (n - 1) / (n - 0.4): 0.63 for two payments, 0.77 for three, 0.95 for twelve
 * - chance: 1 / (1 + E), where E = (1 + 24 · others) · (1 - exp(-rate · (4d + 2)))^(n - 1) is how many such runs payments on random
 *   days would make: every link needs a like amount within the days that the run itself strays (2d either way, and one more that
 *   the choice of the anchor saves), and every other payment of the merchant might have begun one in 4 pools at 6 cadences
 *
 * Null when it is below `least`, which is told without looking for the anchor where the rest says so already.
 */
export function confidenceOf(evidence: Evidence, least: number): { confidence: number; fit: Fit } | null {
	const { cadence, days, amounts, purity } = evidence;
	const n = days.length;
	let [steps, periods] = [0, 0];
	for (let i = 1; i < n; i++) {
		steps += stepBetween(amounts[i - 1]!, amounts[i]!);
		periods += Math.max(1, periodsBetween(cadence, days[i - 1]!, days[i]!));
	}
	const regularity = 1 - Math.min(0.5, steps / (n - 1));
	const coverage = n / (periods + 1);
	const withoutDays = (regularity * coverage * purity * (n - 1)) / (n - 0.4);
	if (withoutDays * chanceOf(n, evidence, 0) < least) return null;

	const fit = fitAnchor(cadence, days);
	const timing = 1 - Math.min(1, fit.distance / (rhythms[cadence].slack + 2)) ** 1.5;
	const confidence = withoutDays * timing * chanceOf(n, evidence, fit.distance);
	return confidence < least ? null : { confidence, fit };
}

/** The chance factor of `confidenceOf` for a run of `n` payments that fall `distance` days from their dates on average. */
export function chanceOf(
	n: number,
	{ rate, total }: Pick<Surroundings, 'rate' | 'total'>,
	distance: number
): number {
	const link = 1 - Math.exp(-rate * (4 * distance + 2));
	return 1 / (1 + (1 + 24 * (total - n)) * link ** (n - 1));
}
