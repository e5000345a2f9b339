import { bestChain, stepBetween } from './chain.ts';
import { confidenceOf, leastConfidence } from './confidence.ts';
import type { Pool } from './pools.ts';
import { poolsOf } from './pools.ts';
import { cadences, rhythms } from './schedule.ts';
import type { Cadence } from './types.ts';

/** A merchant's payments as columns, by date. `days` are day numbers, `amounts` minor units of one sign. */
export type History = { days: number[]; amounts: number[] };

/** Payments (indexes into the history, by date) that follow each other at a cadence. */
export type Run = { cadence: Cadence; members: number[]; purity: number };

/** Runs of one pool and cadence that together explain it: two subscriptions of the same price. */
type Claim = { runs: Run[]; score: number };

/** A run must be at least this share of the payments of like amount in its time. */
const leastPurity = 0.6;
/** What each further run in a claim costs, so that one weekly series is not taken for two fortnightly ones. */
const furtherRun = 0.85;
/** Two payments a year apart say something only where a merchant is not paid all the time. */
const quiet = 12;

/**
 * Splits a history into runs and leaves the rest. Every pool of like amounts is read at every cadence; the claims that explain
 * most payments with most confidence are granted first, and a payment belongs to one run only.
 */
export function claimRuns(history: History): Run[] {
	const claimed = history.days.map(() => false);
	const granted: Run[] = [];
	for (;;) {
		const free = [...claimed.keys()].filter((i) => !claimed[i]);
		const claims = poolsOf(history.amounts, free)
			.flatMap((pool) => cadences.flatMap((cadence) => claimsOn(history, pool, cadence)))
			.sort((a, b) => b.score - a.score);
		if (claims.length === 0) return granted;
		for (const { runs } of claims) {
			if (runs.some(({ members }) => members.some((i) => claimed[i]))) continue;
			for (const i of runs.flatMap(({ members }) => members)) claimed[i] = true;
			granted.push(...runs);
		}
	}
}

function claimsOn(history: History, pool: Pool, cadence: Cadence): Claim[] {
	const { members } = pool;
	const { period, least } = rhythms[cadence];
	const days = members.map((i) => history.days[i]!);
	const periods = (days.at(-1)! - days[0]!) / period;
	const tooMany = ((periods + 1.5) * pool.series) / leastPurity;
	if (members.length < least || periods < least - 1.5 || members.length > tooMany) return [];

	const amounts = members.map((i) => history.amounts[i]!);
	const taken = members.map(() => false);
	const chains: number[][] = [];
	const claims: Claim[] = [];
	while (chains.length < pool.series) {
		const chain = bestChain(cadence, days, amounts, taken);
		if (chain.length < least) break;
		for (const i of chain) taken[i] = true;
		chains.push(chain);
		const claim = judge(history, pool, cadence, chains, days);
		if (claim) claims.push(claim);
	}
	return claims;
}

function judge(
	history: History,
	{ members }: Pool,
	cadence: Cadence,
	chains: number[][],
	days: number[]
): Claim | null {
	const count = chains.reduce((sum, chain) => sum + chain.length, 0);
	const first = Math.min(...chains.map((chain) => days[chain[0]!]!));
	const last = Math.max(...chains.map((chain) => days[chain.at(-1)!]!));
	const purity = count / days.filter((day) => day >= first && day <= last).length;
	if (purity < leastPurity) return null;

	let score = 0;
	const runs: Run[] = [];
	for (const chain of chains) {
		const run = { cadence, purity, members: chain.map((i) => members[i]!) };
		const { confidence } = confidenceIn(history, run);
		if (confidence < leastConfidence || !isYearlyEnough(history, run)) return null;
		runs.push(run);
		score += confidence * chain.length;
	}
	return { runs, score: score * furtherRun ** (chains.length - 1) };
}

/** `confidenceOf` a run of a history. */
export function confidenceIn({ days, amounts }: History, { cadence, members, purity }: Run) {
	return confidenceOf(
		cadence,
		members.map((i) => days[i]!),
		members.map((i) => amounts[i]!),
		purity
	);
}

/** Two payments make a yearly series only at the same price, within 5 days of the date, where little else is paid. */
function isYearlyEnough({ days, amounts }: History, { cadence, members }: Run): boolean {
	const [a, b] = [members[0]!, members[1]!];
	if (cadence !== 'yearly' || members.length > 2) return true;
	const off = Math.abs(days[b]! - days[a]! - rhythms.yearly.period);
	return off <= 5.5 && stepBetween(amounts[a]!, amounts[b]!) <= 0.01 && days.length <= quiet;
}
