/** Five people at the pages of one group, on a bad network, each doing as they please; and what must be true at the end. */
import { setTimeout as delay } from 'node:timers/promises';
import { addPerson, sessionOf } from '../access/actors.ts';
import { agreed, checkHeard, checkMoney, checkOnce, checkOutside, logOf } from './checks.ts';
import { openClient, type Client, type Person } from './client.ts';
import { diceOf } from './dice.ts';
import { newLedger, type Ledger } from './ledger.ts';
import { perform } from './perform.ts';
import { planOf, type Step } from './plan.ts';
import type { SimulatedQuits } from './quits.ts';

export type Totals = {
	seeds: number;
	operations: number;
	refused: number;
	conflicts: number;
	retries: number;
	cuts: number;
	loads: number;
	events: number;
	restarts: number;
	/** The longest that a seed took to agree, in ms. */
	slowestCalm: number;
};

export const noTotals = (): Totals => ({
	...{ seeds: 0, operations: 0, refused: 0, conflicts: 0, retries: 0, cuts: 0 },
	...{ loads: 0, events: 0, restarts: 0, slowestCalm: 0 }
});

/** Adds `more` to `totals`. */
export function addTotals(totals: Totals, more: Totals): void {
	const slowestCalm = Math.max(totals.slowestCalm, more.slowestCalm);
	for (const key of Object.keys(totals) as (keyof Totals)[]) totals[key] += more[key];
	totals.slowestCalm = slowestCalm;
}

/** A seed that did not end as it must; how to have it again, and what had been done. */
export class SeedFailed extends Error {
	override name = 'SeedFailed';
	readonly seed: number;
	constructor(seed: number, story: readonly string[], cause: unknown) {
		const why = cause instanceof Error ? cause.message : String(cause);
		const last = story.slice(-40).join('\n');
		super(`seed ${seed} (npm run sim -- --from ${seed} --seeds 1): ${why}\n${last}`, { cause });
		this.seed = seed;
	}
}

/**
 * Plays seeds at the same time against one Quits, each in a group of its own; when half of all steps are done it is started
 * again, with the rest going on meanwhile.
 */
export async function playTogether(
	quits: SimulatedQuits,
	seeds: readonly number[]
): Promise<{ totals: Totals; failed: SeedFailed[] }> {
	const games = await Promise.all(seeds.map((seed) => openGame(quits, seed)));
	const steps = games.reduce((sum, { plan }) => sum + plan.flat().length, 0);
	let done = 0;
	let restarting: Promise<void> | null = null;
	const stepDone = (): void => {
		if (++done >= steps / 2) restarting ??= quits.restart();
	};
	// Nobody's calm begins while others are still at it.
	const still = Promise.all(games.map((game) => act(game, stepDone))).then(() => restarting);
	const judged = games.map((game) => judge(game, still));
	const results = await Promise.allSettled(judged);
	for (const { clients } of games) for (const client of clients) client.close();
	await restarting;
	const totals = { ...noTotals(), restarts: restarting ? 1 : 0 };
	const failed: SeedFailed[] = [];
	for (const result of results) {
		if (result.status === 'fulfilled') addTotals(totals, result.value);
		else failed.push(result.reason as SeedFailed);
	}
	return { totals, failed };
}

type Game = { seed: number; plan: Step[][]; clients: Client[]; ledger: Ledger; failure?: unknown };

/** A group of five people and two names without accounts. */
async function openGame(quits: SimulatedQuits, seed: number): Promise<Game> {
	const plan = planOf(seed);
	const dice = diceOf(seed ^ 0x5eed);
	const groupId = dice.uuid();
	const ledger = newLedger();
	const names = ['Ana', 'Ben', 'Cleo', 'Dan', 'Eva'];
	const people = await quits.withDb(async (db) => {
		const people: Omit<Person, 'memberId'>[] = [];
		for (const name of names) {
			const id = await addPerson(db, { name });
			people.push({ id, name, token: await sessionOf(db, id) });
		}
		return people;
	});
	const clients: Client[] = [];
	const open = async (person: Omit<Person, 'memberId'>, at: number): Promise<Client> => {
		const client = await openClient(quits, { ...person, memberId: '' }, groupId, seed * 10 + at);
		clients.push(client);
		return client;
	};
	const owner = await open(people[0]!, 0);
	const group = await owner.ask('fine', (api) =>
		api.groups.create.mutate({ id: groupId, name: `Group ${seed}`, currency: 'EUR' })
	);
	owner.person.memberId = group.me.memberId;
	ledger.intend('group_created', groupId);
	for (const name of ['Fay', 'Gus']) {
		const id = dice.uuid();
		ledger.intend('member_added', id);
		await owner.api.members.add.mutate({ groupId, id, name });
	}
	const inviteId = dice.uuid();
	ledger.intend('invite_created', inviteId);
	const { code } = await owner.api.invites.create.mutate({ groupId, id: inviteId });
	for (const [at, person] of people.slice(1).entries()) {
		const client = await open(person, at + 1);
		const { memberId } = await client.api.invites.accept.mutate({ code });
		client.person.memberId = memberId;
		ledger.intend('member_joined', memberId);
	}
	await Promise.all(clients.map((client) => client.enter()));
	return { seed, plan, clients, ledger };
}

/** Everybody does as planned. What goes wrong ends it, and is kept for the end. */
async function act(game: Game, stepDone: () => void): Promise<void> {
	const { plan, clients, ledger } = game;
	const acting = clients.map(async (client, at) => {
		const stalls: Promise<void>[] = [];
		for (const step of plan[at]!) {
			if (game.failure === undefined) {
				await delay(step.pauseMs);
				if (step.trouble === 'cut') client.cut();
				if (step.trouble === 'stall') stalls.push(client.stall(30 + (step.seed % 120)));
				await perform(client, step, ledger, clients).catch((error: unknown) => (game.failure ??= error));
			}
			stepDone();
		}
		await Promise.all(stalls);
	});
	await Promise.all(acting);
}

/** Holds the end of a game to what must be, once all is still. */
async function judge(game: Game, still: Promise<unknown>): Promise<Totals> {
	const { seed, plan, clients, ledger } = game;
	try {
		await still;
		if (game.failure !== undefined) throw game.failure;
		const slowestCalm = await agreed(clients);
		for (const client of clients) await client.settled();
		const member = clients.find(({ shown }) => shown !== null)!;
		const log = await logOf(member);
		checkMoney(member.shown!);
		await checkOnce(member, log, ledger);
		for (const client of clients) checkHeard(client, log);
		await checkOutside(clients);
		const sum = (of: (client: Client) => number): number => clients.reduce((all, one) => all + of(one), 0);
		return {
			seeds: 1,
			operations: plan.flat().length,
			refused: ledger.refused,
			conflicts: ledger.conflicts,
			retries: sum(({ counts }) => counts.retries),
			cuts: sum(({ counts }) => counts.cuts),
			loads: sum(({ counts }) => counts.loads),
			events: sum(({ heard }) => heard.length),
			restarts: 0,
			slowestCalm
		};
	} catch (error) {
		throw new SeedFailed(seed, ledger.story, error);
	}
}
