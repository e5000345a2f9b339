import { fitAnchor } from './anchor.ts';
import type { History, Run } from './claim.ts';
import { periodsBetween, stepBetween, tolerance } from './chain.ts';
import { rhythms } from './schedule.ts';

/** A price that rises or falls by more than this is taken for another product. */
const greatestChange = 0.5;
/** How far amounts may differ, the likest looked for first: the fewer there are, the less is chance. */
const likeness = [0, 0.05, greatestChange];
/** A series that pauses may take itself up again within this many days, at the same price. */
const longestPause = 400;
/** How many unrelated payments may be expected to fall into a gap by chance before we stop filling gaps. */
const chanceAllowed = 0.25;

/** Joins runs that are one series with a new price, or one that paused: the same cadence, one after the other. */
export function joinRuns(history: History, runs: readonly Run[]): Run[] {
	const open: Run[] = [];
	const byStart = [...runs].sort((a, b) => a.members[0]! - b.members[0]!);
	for (const run of byStart) {
		const earlier = open
			.filter((before) => continues(history, before, run))
			.sort((a, b) => priceStep(history, a, run) - priceStep(history, b, run))[0];
		if (!earlier) open.push({ ...run });
		else {
			const [m, n] = [earlier.members.length, run.members.length];
			earlier.purity = (earlier.purity * m + run.purity * n) / (m + n);
			earlier.members = [...earlier.members, ...run.members];
			earlier.rate = Math.max(earlier.rate, run.rate);
		}
	}
	return open;
}

function continues(history: History, before: Run, after: Run): boolean {
	if (before.cadence !== after.cadence) return false;
	const from = history.days[before.members.at(-1)!]!;
	const to = history.days[after.members[0]!]!;
	const periods = periodsBetween(before.cadence, from, to);
	const off = Math.abs(to - from - periods * rhythms[before.cadence].period);
	if (periods < 1 || off > tolerance(before.cadence)) return false;
	const step = priceStep(history, before, after);
	if (periods <= rhythms[before.cadence].skips + 1) return step <= greatestChange;
	return step <= 0.02 && to - from <= longestPause;
}

function priceStep({ amounts }: History, before: Run, after: Run): number {
	return stepBetween(amounts[before.members.at(-1)!]!, amounts[after.members[0]!]!);
}

/**
 * Takes payments no run claimed into the gaps and after the end of runs, where one came on the expected day for another amount: a
 * one-off charge, or the first at a new price. Not where so much else is paid that one would be there by chance.
 */
export function fillGaps(history: History, runs: readonly Run[]): Run[] {
	const claimed = new Set(runs.flatMap(({ members }) => members));
	return runs.map((run) => likeness.reduce((filled, step) => fillRun(history, filled, claimed, step), run));
}

function fillRun(history: History, run: Run, claimed: Set<number>, step: number): Run {
	const { days, amounts } = history;
	const { period, slack, skips } = rhythms[run.cadence];
	const first = days[run.members[0]!]!;
	const usual = amounts[run.members.at(-1)!]!;
	const free: number[] = [];
	for (let i = run.members[0]!; i < days.length; i++) {
		if (!claimed.has(i) && stepBetween(amounts[i]!, usual) <= step) free.push(i);
	}
	const span = days.at(-1)! - first + period;
	if (free.length === 0 || (free.length * (2 * slack + 1)) / span > chanceAllowed) return run;

	const { grid } = fitAnchor(
		run.cadence,
		run.members.map((i) => days[i]!)
	);
	const members = [...run.members];
	const covered = new Set(members.map((i) => grid.nearest(days[i]!)));
	let furthest = Math.max(...covered);
	for (const i of free) {
		const index = grid.nearest(days[i]!);
		const isNear = Math.abs(days[i]! - grid.dayAt(index)) <= slack;
		if (!isNear || covered.has(index) || index > furthest + skips + 1) continue;
		covered.add(index);
		furthest = Math.max(furthest, index);
		claimed.add(i);
		members.push(i);
	}
	return { ...run, members: members.sort((a, b) => a - b) };
}
