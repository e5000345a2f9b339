/** What a budget could be, going by what was spent. */
import type { Period } from './period.ts';

/** How many complete periods are looked at: enough to even out, few enough to be about life as it is now. */
export const periodsLookedAt: Record<Period['kind'], number> = {
	weekly: 8,
	monthly: 6,
	quarterly: 4,
	yearly: 2,
	custom: 6
};

/** The middle of the values; of two in the middle, the mean rounded up. Null of none. */
export function medianOf(values: readonly bigint[]): bigint | null {
	if (values.length === 0) return null;
	const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
	const upper = sorted[Math.floor(sorted.length / 2)]!;
	if (sorted.length % 2 === 1) return upper;
	const sum = sorted[sorted.length / 2 - 1]! + upper;
	return sum > 0n ? (sum + 1n) / 2n : sum / 2n;
}

/**
 * An amount for a budget, in minor units: the median of what was spent in earlier periods, rounded up to two digits that are not
 * zero. Null when there is nothing to go by.
 */
export function suggestedAmount(spent: readonly bigint[]): bigint | null {
	const median = medianOf(spent);
	if (median === null || median <= 0n) return null;
	const unit = 10n ** BigInt(Math.max(0, String(median).length - 2));
	return ((median + unit - 1n) / unit) * unit;
}
