import { bestChain, periodsBetween, stepBetween } from './chain.ts';
import { chanceOf, confidenceOf, leastConfidence } from './confidence.ts';
import type { Surroundings } from './confidence.ts';
import { poolsOf } from './pools.ts';
import type { Pool } from './pools.ts';
import { cadences, rhythms } from './schedule.ts';
import type { Cadence } from './types.ts';

/** A merchant's payments as columns, by date. `days` are day numbers, `amounts` minor units of one sign. */
export type History = { days: number[]; amounts: number[] };

/** Payments (indexes into the history, by date) that follow each other at a cadence. */
export type Run = { cadence: Cadence; members: number[] } & Surroundings;

/**
 * Runs of one pool and cadence that together explain it: two subscriptions of the same price. The score is the sum of count times
 * confidence squared, so that a longer run that takes in a stray payment does not go before a purer one.
 */
type Claim = { runs: Run[]; score: number };

/** A pool with its payments' days and amounts beside it. */
type View = Pool & History;

/** A run must be at least this share of the payments of like amount in its time. */
const leastPurity = 0.6;
/** What each further run in a claim costs, so that one weekly series is not taken for two fortnightly ones. */
const furtherRun = 0.85;
/** A claim to payments of exactly one amount goes before one that adds the odd payment of nearly the same. */
const exactness = 1.2;

/** How many runs may share a pool: subscriptions of the same price can be told apart, drifting amounts cannot. */
function runsIn(pool: Pool): number {
	return pool.isExact ? 3 : 1;
}

/**
 * Splits a history into runs and leaves the rest. Every pool of like amounts is read at every cadence; the claims that explain
 * most payments with most confidence are granted first, and a payment belongs to one run only. What is left is read again,
 * since a drifting series shows only once the fixed ones are out of the way.
 */
export function claimRuns(history: History): Run[] {
	const claimed = history.days.map(() => false);
	const granted: Run[] = [];
	for (;;) {
		const free = [...claimed.keys()].filter((i) => !claimed[i]);
		const claims = poolsOf(history.amounts, free)
			.flatMap((pool) => claimsOn(history, pool))
			.sort((a, b) => b.score - a.score);
		if (claims.length === 0) return granted;
		for (const { runs } of claims) {
			if (runs.some(({ members }) => members.some((i) => claimed[i]))) continue;
			for (const i of runs.flatMap(({ members }) => members)) claimed[i] = true;
			granted.push(...runs);
		}
	}
}

function claimsOn(history: History, pool: Pool): Claim[] {
	const possible = cadences.filter((cadence) => mayHold(history, pool, cadence));
	if (possible.length === 0) return [];
	const days = pool.members.map((i) => history.days[i]!);
	const amounts = pool.members.map((i) => history.amounts[i]!);
	const view = { ...pool, days, amounts };
	return possible.flatMap((cadence) => claimsAt(history, view, cadence));
}

/** Whether there are enough payments over enough time, not so many that no run could be pure, nor so few that all is chance. */
function mayHold(history: History, pool: Pool, cadence: Cadence): boolean {
	const { members } = pool;
	const { period, least } = rhythms[cadence];
	const periods = (history.days[members.at(-1)!]! - history.days[members[0]!]!) / period;
	const most = ((periods + 1.5) * runsIn(pool)) / leastPurity;
	if (members.length < least || members.length > most || periods < least - 1.5) return false;
	const longest = Math.min(members.length, Math.ceil(periods + 1.5));
	return chanceOf(longest, around(history, members), 0) >= leastConfidence;
}

/** What `members` are among, as far as the history alone tells. */
function around({ days }: History, members: readonly number[]): { rate: number; total: number } {
	return { rate: members.length / (days.at(-1)! - days[0]! + 1), total: days.length };
}

function claimsAt(history: History, view: View, cadence: Cadence): Claim[] {
	const taken = view.members.map(() => false);
	const chains: number[][] = [];
	const claims: Claim[] = [];
	while (chains.length < runsIn(view)) {
		const chain = withoutStraggler(cadence, view, bestChain(cadence, view.days, view.amounts, taken));
		if (chain.length < rhythms[cadence].least) break;
		for (const i of chain) taken[i] = true;
		chains.push(chain);
		const claim = judge(history, view, cadence, chains);
		if (claim) claims.push(claim);
	}
	return claims;
}

/**
 * A single payment after a skipped one is left off: among other purchases it is often chance, and hides where a price ended. Where it
 * is none, filling the gaps brings it back.
 */
function withoutStraggler(cadence: Cadence, { days }: View, chain: number[]): number[] {
	const [before, last] = [chain.at(-2), chain.at(-1)];
	if (before === undefined || last === undefined || chain.length <= rhythms[cadence].least) return chain;
	return periodsBetween(cadence, days[before]!, days[last]!) > 1 ? chain.slice(0, -1) : chain;
}

function judge(history: History, view: View, cadence: Cadence, chains: number[][]): Claim | null {
	const { members } = view;
	const count = chains.reduce((sum, chain) => sum + chain.length, 0);
	const first = Math.min(...chains.map((chain) => chain[0]!));
	const last = Math.max(...chains.map((chain) => chain.at(-1)!));
	const purity = count / (last - first + 1);
	if (purity < leastPurity) return null;

	const runs: Run[] = [];
	let score = 0;
	for (const chain of chains) {
		const run = { cadence, members: chain.map((i) => members[i]!), purity, ...around(history, members) };
		const judged = confidenceIn(history, run, leastConfidence);
		if (!judged || !isPairEnough(history, run)) return null;
		runs.push(run);
		score += judged.confidence ** 2 * chain.length;
	}
	return { runs, score: score * furtherRun ** (chains.length - 1) * (view.isExact ? exactness : 1) };
}

/** `confidenceOf` a run of a history. */
export function confidenceIn({ days, amounts }: History, run: Run, least: number) {
	return confidenceOf(
		{ ...run, days: run.members.map((i) => days[i]!), amounts: run.members.map((i) => amounts[i]!) },
		least
	);
}

/** Two payments alone make a series (a yearly one) only at the same price and within 5 days of the date. */
function isPairEnough({ days, amounts }: History, { members }: Run): boolean {
	const [a, b] = [members[0]!, members[1]!];
	if (members.length > 2) return true;
	const off = Math.abs(days[b]! - days[a]! - rhythms.yearly.period);
	return off <= 5.5 && stepBetween(amounts[a]!, amounts[b]!) <= 0.01;
}
