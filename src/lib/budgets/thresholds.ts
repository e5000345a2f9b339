/** How much of a budget is used, and which of its thresholds that crosses. Amounts are minor units. */

export const usualThresholds: readonly number[] = [50, 80, 100];

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
