import { fromDay, toDay } from '../dates.ts';
import type { History, Run } from './claim.ts';
import { claimRuns, confidenceIn } from './claim.ts';
import { leastConfidence } from './confidence.ts';
import { fillGaps, joinRuns } from './mend.ts';
import { priceOf } from './price.ts';
import { awaited, rhythms } from './schedule.ts';
import type { Payment, Series } from './types.ts';
import type { Grid } from './schedule.ts';

/**
 * The recurring payments in what one account paid to (or got from) one merchant.
 *
 * `payments` are all payments of one merchant, one sign, one currency and one account, in any order; the answer does not
 * depend on it. `today` is the last day that the history is known to be complete for. A merchant may hold several series
 * (two subscriptions, rent and parking) and payments that belong to none. By first date, then amount.
 */
export function findSeries(payments: readonly Payment[], today: string): Series[] {
	const sorted = payments
		.filter(({ amount }) => amount !== 0)
		.map((payment) => ({ payment, day: toDay(payment.date) }))
		.sort(
			(a, b) => a.day - b.day || a.payment.amount - b.payment.amount || compare(a.payment.id, b.payment.id)
		);
	const history: History = {
		days: sorted.map(({ day }) => day),
		amounts: sorted.map(({ payment }) => payment.amount)
	};
	const runs = fillGaps(history, joinRuns(history, claimRuns(history)));
	return runs
		.flatMap((run) => describe(run, history, (i) => sorted[i]!.payment, toDay(today)) ?? [])
		.sort(
			(a, b) => compare(a.firstDate, b.firstDate) || a.amount - b.amount || compare(a.lastDate, b.lastDate)
		);
}

function describe(
	run: Run,
	history: History,
	paymentAt: (index: number) => Payment,
	today: number
): Series | null {
	const judged = confidenceIn(history, run, leastConfidence);
	if (!judged) return null;
	const { confidence, fit } = judged;
	const evidence = run.members.map(paymentAt);
	const days = run.members.map((i) => history.days[i]!);
	const lastDay = days.at(-1)!;
	const wait = awaited(fit.grid, run.cadence, lastDay, today);
	return {
		cadence: run.cadence,
		anchor: fit.anchor,
		...priceOf(evidence),
		firstDate: evidence[0]!.date,
		lastDate: evidence.at(-1)!.date,
		nextDate: fromDay(fit.grid.dayAt(wait.next)),
		count: evidence.length,
		confidence,
		payments: evidence.map(({ id }) => id),
		missed: missedDays(fit.grid, days, wait.next, rhythms[run.cadence].skips).map(fromDay),
		ended: wait.missed > rhythms[run.cadence].skips
	};
}

/** Expected days without a payment, up to the one now awaited; after the end of a series only those that ended it. */
function missedDays(grid: Grid, days: readonly number[], next: number, skips: number): number[] {
	const paid = new Set(days.map((day) => grid.nearest(day)));
	const first = grid.nearest(days[0]!);
	const end = Math.min(next, grid.nearest(days.at(-1)!) + skips + 2);
	const missed: number[] = [];
	for (let i = first + 1; i < end; i++) if (!paid.has(i)) missed.push(grid.dayAt(i));
	return missed;
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
