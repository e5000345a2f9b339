import type { Fit } from './anchor.ts';
import { fitAnchor } from './anchor.ts';
import { periodsBetween, stepBetween } from './chain.ts';
import { rhythms } from './schedule.ts';
import type { Cadence } from './types.ts';

/** Below this a series is not worth showing. */
export const leastConfidence = 0.5;

/**
 * How sure we are that payments are a series, 0 to 1: the product of five regularities, each 0 to 1.
 * - timing: 1 - (d / (slack + 2))^1.5, where d is the mean distance in days from the anchor's dates (see `fitAnchor`)
 * - amounts: 1 - min(s, 0.5), where s is the mean step from one amount to the next as a share of the greater
 * - coverage: payments seen of payments expected between the first and the last
 * - purity: the share of like amounts in that time that belong to the series
 * - count: (n - 1) / (n - 0.4): 0.63 for two payments, 0.77 for three, 0.95 for twelve
 *
 * `days` are day numbers in order, `amounts` belong to them.
 */
export function confidenceOf(
	cadence: Cadence,
	days: readonly number[],
	amounts: readonly number[],
	purity: number
): { confidence: number; fit: Fit } {
	const fit = fitAnchor(cadence, days);
	const timing = 1 - Math.min(1, fit.distance / (rhythms[cadence].slack + 2)) ** 1.5;
	let [steps, periods] = [0, 0];
	for (let i = 1; i < days.length; i++) {
		steps += stepBetween(amounts[i - 1]!, amounts[i]!);
		periods += Math.max(1, periodsBetween(cadence, days[i - 1]!, days[i]!));
	}
	const regularity = 1 - Math.min(0.5, steps / (days.length - 1));
	const coverage = days.length / (periods + 1);
	const count = (days.length - 1) / (days.length - 0.4);
	return { confidence: timing * regularity * coverage * purity * count, fit };
}
