/** Where a period ends if it goes on like this. */
import { occurrencesBetween, stateOf } from '../recurring/schedule.ts';
import type { Schedule } from '../recurring/types.ts';
import { daysBetween } from '../dates.ts';
import type { DateRange } from './period.ts';

export type SoFar = {
	/** In minor units. */
	spent: bigint;
	/** How much of that says nothing of the days to come: payments that come again by themselves, and what is dated after `today`. */
	apart: bigint;
	/** What such payments are still to come until the period ends. */
	due: bigint;
};

/**
 * What is spent by the end of the period: what is known now, the recurring payments still due, and as much of everything else a
 * day as in the days until `today`, that one included. What is entered for a later day is known, and counts once. The pace is rounded half up; where refunds have outweighed everything
 * else there is none.
 */
export function forecast({ spent, apart, due }: SoFar, period: DateRange, today: string): bigint {
	const elapsed = BigInt(daysBetween(period.start, today) + 1);
	const left = BigInt(Math.max(0, daysBetween(today, period.end)));
	const rest = spent - apart;
	const pace = rest > 0n && elapsed > 0n ? (2n * rest * left + elapsed) / (2n * elapsed) : 0n;
	return spent + due + pace;
}

/**
 * How often a recurring payment is still to come in a period: from the date that is awaited next, be it late. None where the
 * account tells of nothing for so long that the payment may have ended.
 */
export function timesStillDue(
	series: Schedule & { lastDate: string },
	{ start, end }: DateRange,
	today: string
): number {
	if (series.nextDate > end || stateOf(series, today) === 'ended') return 0;
	const from = series.nextDate > start ? series.nextDate : start;
	return occurrencesBetween(series, from, end).length;
}
