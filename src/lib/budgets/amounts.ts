/** What a budget has been, and what rolls over. Amounts are minor units. */
import { addDays } from '../dates.ts';
import { periodIndex, type DateRange, type Period } from './period.ts';

/** What it has been since the first date of a period; ascending, and the first entry is that of the first period. */
export type AmountSince = { from: string; amount: number };

/** The amount of the period that begins on `start`; before the first one there was none. */
export const amountOn = (amounts: readonly AmountSince[], start: string): bigint | null => {
	const last = amounts.findLast(({ from }) => from <= start);
	return last ? BigInt(last.amount) : null;
};

/** The amounts with another one from a period on: those of earlier periods stay what they were. */
export const withAmount = (amounts: readonly AmountSince[], from: string, amount: number): AmountSince[] => [
	...amounts.filter((since) => since.from < from),
	{ from, amount }
];

/** The dates of all periods before the one that begins on `start`, from the first on. Null when there are none. */
export const rangeBefore = (startDate: string, start: string): DateRange | null =>
	startDate < start ? { start: startDate, end: addDays(start, -1) } : null;

/**
 * What is carried into the period that begins on `start`: the sum of the amounts of all periods before it, less what was spent in
 * them. Below zero when that was more.
 */
export function carriedInto(
	{ period, amounts }: { period: Period; amounts: readonly AmountSince[] },
	start: string,
	spentBefore: bigint
): bigint {
	const now = periodIndex(period, start);
	let sum = 0n;
	for (const [at, { from, amount }] of amounts.entries()) {
		const until = amounts[at + 1] ? periodIndex(period, amounts[at + 1]!.from) : now;
		sum += BigInt(Math.max(0, Math.min(until, now) - periodIndex(period, from))) * BigInt(amount);
	}
	return sum - spentBefore;
}
