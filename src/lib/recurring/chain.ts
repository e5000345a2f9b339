import { rhythms } from './schedule.ts';
import type { Cadence } from './types.ts';

/** How many earlier payments each one looks back on: what keeps a crowded merchant linear. */
const lookBack = 32;
/** From one payment to the next an amount may grow or shrink five times over; beyond that it is another product. */
const greatestStep = 0.8;

/** How far two amounts are apart, 0 (equal) to 1, as a share of the greater. */
export function stepBetween(a: number, b: number): number {
	return Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
}

/** How many periods lie between two day numbers. */
export function periodsBetween(cadence: Cadence, from: number, to: number): number {
	return Math.round((to - from) / rhythms[cadence].period);
}

/** How many days the gap between two neighbours may differ from whole periods. */
export function tolerance(cadence: Cadence): number {
	const { slack, months } = rhythms[cadence];
	return Math.min(slack * 2 - 1, 10) + (months > 0 ? 1 : 0);
}

/**
 * The longest run of payments that follow each other at the cadence, as indexes into `days`. Found by dynamic programming: the
 * best chain that ends in each payment is the best one that ends a fitting distance before it, plus a link. A link is worth 1,
 * less up to 0.5 for days off, 0.3 for each skipped payment and up to 0.3 for another amount.
 *
 * `days` are day numbers in order, `amounts` belong to them, `taken` marks payments to leave out.
 */
export function bestChain(
	cadence: Cadence,
	days: readonly number[],
	amounts: readonly number[],
	taken: readonly boolean[]
): number[] {
	const { period, skips } = rhythms[cadence];
	const allowed = tolerance(cadence);
	const furthest = period * (skips + 1) + allowed;
	const worth: number[] = [];
	const before: number[] = [];
	let end = -1;
	for (let j = 0; j < days.length; j++) {
		worth.push(0);
		before.push(-1);
		if (taken[j]) continue;
		const day = days[j]!;
		const stop = Math.max(0, j - lookBack);
		let most = 0;
		for (let i = j - 1; i >= stop; i--) {
			const gap = day - days[i]!;
			if (gap > furthest) break;
			const periods = Math.round(gap / period);
			const off = Math.abs(gap - periods * period);
			if (off > allowed || periods === 0 || taken[i]) continue;
			const strayed = off / allowed;
			const step = stepBetween(amounts[i]!, amounts[j]!);
			const link = 1 - 0.5 * strayed * strayed - 0.3 * (periods - 1) - 0.3 * step;
			if (link > 0 && step <= greatestStep && worth[i]! + link > most) {
				most = worth[i]! + link;
				before[j] = i;
			}
		}
		worth[j] = most;
		if (end < 0 || most > worth[end]!) end = j;
	}
	const chain: number[] = [];
	for (let i = end; i >= 0; i = before[i]!) chain.push(i);
	return chain.reverse();
}
