/**
 * Which of a person's transactions are two halves of one transfer between their own accounts. Pure and deterministic: the order
 * of the transactions and of the accounts changes nothing, and money out and money in are treated alike.
 */
import { toDay } from '../dates.ts';
import {
	evidenceOf,
	isSaidOtherwise,
	isSureOfElse,
	named,
	numbered,
	type OwnAccount,
	type Side
} from './evidence.ts';

export type Pair = { outId: string; inId: string };

/**
 * So many days lie between the two bookings at most: from the Friday before a long weekend to the Tuesday after it. Either half may
 * be booked first.
 */
export const mostDaysApart = 4;

/**
 * What both halves together must come to, see evidence.ts: that one of them names the other account is enough; or that both speak of a
 * transfer, or one of one between own accounts, and there is nothing else either could belong to. That two bookings are alike adds to
 * what they say and never stands for it: a false transfer hides spending, an overlooked one is seen and put right.
 */
const leastEvidence = 3;

/** With more counterparts than this of the same amount within those days, an amount tells nothing. */
const mostCounterparts = 20;

export type Known = {
	/** The person's, by id. */
	accounts: ReadonlyMap<string, OwnAccount>;
	/** The person's own name. */
	person: string;
	/** Pairs of which they have said that they are none. */
	apart: (outId: string, inId: string) => boolean;
};

type Dated = { side: Side; day: number };
/** `said`: what each half says for it. */
type Found = { one: Dated; other: Dated; said: readonly [number, number] };
type Candidate = Pair & { days: number; isNamed: boolean; evidence: number; key: string };

/**
 * Finds transfers among transactions that belong to none yet. What their person or a rule has put elsewhere stays there. Where several
 * fit, the one that names the account comes first, then the nearest date, then whatever more speaks for it.
 */
export function matchTransfers(sides: readonly Side[], known: Known): Pair[] {
	const free = sides.filter((side) => side.amount !== 0 && !isSaidOtherwise(side));
	const alike = Map.groupBy(free, ({ currency, amount }) => `${currency} ${Math.abs(amount)}`);
	return [...alike.values()].flatMap((some) => choose(candidates(some, known)));
}

function candidates(sides: readonly Side[], known: Known): Candidate[] {
	const dated = sides.map((side) => ({ side, day: toDay(side.date) })).sort((a, b) => a.day - b.day);
	const outs = dated.filter(({ side }) => side.amount < 0);
	const ins = dated.filter(({ side }) => side.amount > 0);
	const found: Found[] = [];
	const crowded = new Set([...crowdedBy(outs, ins), ...crowdedBy(ins, outs)]);
	for (const one of outs) {
		if (crowded.has(one.side.id)) continue;
		for (const other of around(ins, one.day)) {
			if (crowded.has(other.side.id) || one.side.accountId === other.side.accountId) continue;
			if (known.apart(one.side.id, other.side.id)) continue;
			const said = [evidenceIn(one, other, known), evidenceIn(other, one, known)] as const;
			const isElse = isSureOfElse(one.side) || isSureOfElse(other.side);
			if (!isElse || Math.max(...said) >= numbered) found.push({ one, other, said });
		}
	}
	const isOnly = onlyOnes(found);
	const isOnlyOfDay = onlyOnes(found.filter(({ one, other }) => one.day === other.day));
	return found.flatMap((pair) => {
		const { one, other, said } = pair;
		const days = Math.abs(one.day - other.day);
		const evidence = said[0] + said[1] + (isOnly(pair) || (days === 0 && isOnlyOfDay(pair)) ? 1 : 0);
		if (evidence < leastEvidence) return [];
		const [outId, inId] = [one.side.id, other.side.id];
		const key = [outId, inId].sort().join(' ');
		return { outId, inId, days, isNamed: Math.max(...said) >= named, evidence, key };
	});
}

/** Of some pairs, tells those whose halves are in no other one. */
function onlyOnes(pairs: readonly Found[]): (pair: Found) => boolean {
	const counterparts = new Map<string, number>();
	for (const { side } of pairs.flatMap(({ one, other }) => [one, other]))
		counterparts.set(side.id, (counterparts.get(side.id) ?? 0) + 1);
	return ({ one, other }) => [one, other].every(({ side }) => counterparts.get(side.id) === 1);
}

const evidenceIn = ({ side }: Dated, other: Dated, { accounts, person }: Known): number =>
	evidenceOf(side, accounts.get(other.side.accountId), person);

/** Those with more of the others around them than can be told apart. */
const crowdedBy = (list: readonly Dated[], others: readonly Dated[]): string[] =>
	list
		.filter(({ day }) => {
			const [from, to] = rangeAround(others, day);
			return to - from > mostCounterparts;
		})
		.map(({ side }) => side.id);

const around = (list: readonly Dated[], day: number): readonly Dated[] =>
	list.slice(...rangeAround(list, day));

const rangeAround = (list: readonly Dated[], day: number): [from: number, to: number] => [
	firstFrom(list, day - mostDaysApart),
	firstFrom(list, day + mostDaysApart + 1)
];

/** Where in a list by date the first one of a day or later is. */
function firstFrom(list: readonly Dated[], day: number): number {
	let [low, high] = [0, list.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (list[middle]!.day < day) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** The best first, and each transaction once. */
function choose(all: readonly Candidate[]): Pair[] {
	const taken = new Set<string>();
	const best = [...all].sort(
		(a, b) =>
			Number(b.isNamed) - Number(a.isNamed) ||
			a.days - b.days ||
			b.evidence - a.evidence ||
			(a.key < b.key ? -1 : 1)
	);
	return best.flatMap(({ outId, inId }) => {
		if (taken.has(outId) || taken.has(inId)) return [];
		taken.add(outId).add(inId);
		return { outId, inId };
	});
}
