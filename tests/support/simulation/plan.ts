/** What five clients are going to do, from a seed alone: the operations, and what the network does to each. */
import { diceOf } from './dice.ts';

/** How often each thing is done, in comparison. */
const operations = {
	create: 22,
	update: 22,
	comment: 8,
	setPaid: 9,
	settle: 9,
	confirm: 6,
	dispute: 4,
	takeBack: 2,
	remove: 6,
	restore: 6,
	addName: 3,
	rename: 3,
	makeOwner: 2,
	changeGroup: 2,
	removeMember: 4,
	leave: 2
};
export type Operation = keyof typeof operations;

/** What becomes of a call: `unsent` and `unanswered` look the same from the client, which sends it again. */
const fates = { fine: 60, slow: 14, unsent: 7, unanswered: 12, twice: 7 };
export type Fate = keyof typeof fates;
export const fateNames = Object.keys(fates) as Fate[];

/** What happens to the client's connection just before. */
const troubles = { none: 80, cut: 10, stall: 10 };
export type Trouble = keyof typeof troubles;

export type Step = {
	operation: Operation;
	fate: Fate;
	trouble: Trouble;
	/** How long the person thinks before it. */
	pauseMs: number;
	/** The client-made id, of an expense, a comment, a settlement, a name. */
	id: string;
	/** Of the dice that decide the details; they look at what the client shows, so these depend on what it has heard. */
	seed: number;
};

export const clients = 5;

/** The steps of each client: mostly a few, now and then many. */
export function planOf(seed: number): Step[][] {
	const dice = diceOf(seed);
	const length = dice.chance(20) ? dice.number(8, 14) : dice.number(3, 5);
	const step = (first: boolean): Step => ({
		operation: first ? 'create' : dice.weighted(operations),
		fate: dice.weighted(fates),
		trouble: dice.weighted(troubles),
		pauseMs: dice.chance(30) ? dice.number(20, 80) : dice.number(0, 15),
		id: dice.uuid(),
		seed: dice.number(0, 2 ** 31)
	});
	return Array.from({ length: clients }, () => Array.from({ length }, (_, at) => step(at === 0)));
}
