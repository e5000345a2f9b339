/** When a webhook that did not get through is tried again. */

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** The pauses between attempts; after the last attempt that these allow for it is given up. */
const pauses = [
	...[5 * second, 5 * minute, 30 * minute],
	...[2, 5, 10, 14, 20, 24].map((hours) => hours * hour)
] as const;

/** So much longer, at most, is a pause by chance, so that not everything that failed together comes again together. */
const spread = 0.1;

/** A far side may ask for a longer pause, but not for a longer one than this. */
const longestPause = 24 * hour;

/**
 * The time of the next attempt after so many have been made, or null when they were all. `chance` is at least 0 and below 1;
 * `retryAfterMs` is the pause that the far side has asked for.
 */
export function nextAttempt(
	made: number,
	now: Date,
	{ chance, retryAfterMs }: { chance: number; retryAfterMs: number | null }
): Date | null {
	const pause = pauses[made - 1];
	if (pause === undefined) return null;
	const asked = Math.min(retryAfterMs ?? 0, longestPause);
	return new Date(now.getTime() + Math.max(asked, Math.round(pause * (1 + spread * chance))));
}
