/** How much of a budget is used, and which of its thresholds that crosses. Amounts are minor units. */

export const usualThresholds: readonly number[] = [50, 80, 100];
export const mostThresholds = 10;

/** What `percentOf` says at most, and what it says when something is spent of nothing. */
export const mostPercent = 9999;

/**
 * How much of `limit` is spent, in whole percent rounded down, 0 to {@link mostPercent}. Refunds that exceed what was spent
 * leave it at 0. A limit can be zero or less: what was carried over has used it up.
 */
export function percentOf(spent: bigint, limit: bigint): number {
	if (spent <= 0n) return 0;
	if (limit <= 0n) return mostPercent;
	const percent = (spent * 100n) / limit;
	return percent > BigInt(mostPercent) ? mostPercent : Number(percent);
}

/** Whether spending has reached a threshold (in percent of `limit`). Where nothing may be spent, anything spent has. */
export const isCrossed = (threshold: number, spent: bigint, limit: bigint): boolean =>
	spent > 0n && spent * 100n >= BigInt(threshold) * limit;

/** What was raised in a period: each threshold once, however often spending goes up and down. */
export type Raised = { threshold: number; hasPassed: boolean };

/**
 * What has changed since: thresholds crossed for the first time in the period (ascending), those that were raised and are
 * below again, and those of them that are crossed once more. Empty lists mean that nothing is to be done.
 */
export function crossings(
	thresholds: readonly number[],
	raised: readonly Raised[],
	spent: bigint,
	limit: bigint
): { fresh: number[]; passed: number[]; again: number[] } {
	const known = new Set(raised.map(({ threshold }) => threshold));
	const among = (wanted: (one: Raised, isAbove: boolean) => boolean): number[] =>
		raised
			.filter((one) => wanted(one, isCrossed(one.threshold, spent, limit)))
			.map(({ threshold }) => threshold);
	return {
		fresh: thresholds.filter((threshold) => !known.has(threshold) && isCrossed(threshold, spent, limit)),
		passed: among(({ hasPassed }, isAbove) => !hasPassed && !isAbove),
		again: among(({ hasPassed }, isAbove) => hasPassed && isAbove)
	};
}

/**
 * Which of the thresholds just crossed is told: only the highest, and not even that when a higher one has been told and still
 * stands.
 */
export function toldOf(fresh: readonly number[], raised: readonly Raised[]): number | null {
	const highest = fresh.at(-1);
	if (highest === undefined) return null;
	return raised.some(({ threshold, hasPassed }) => threshold > highest && !hasPassed) ? null : highest;
}
