/** Every procedure there is, called by every kind of caller with the ids of somebody who is not them. */
import { TRPCClientError } from '@trpc/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appRouter } from '#server/trpc/router.ts';
import { addOthers, credentialOf, whileRequired, type People } from '../support/access/actors.ts';
import { addFormerMember } from '../support/access/group-things.ts';
import { everythingOf, makeHousehold, makeSpares, type Household } from '../support/access/household.ts';
import { accessOf, actors, isOwner, outcomeOf, refusals, type Actor } from '../support/access/levels.ts';
import { rows, type Row } from '../support/access/rows.ts';
import { untypedApiOf, type Refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';

type About = { _def: { type: 'query' | 'mutation'; meta?: { access: unknown } } };
const procedures = appRouter._def.procedures as unknown as Record<string, About>;

const quits = await startTestApp();
const { app } = quits;
const { db } = app;

let people: People;
let hers: Household;
/** What only somebody who may see her things can know. */
let secrets: string[];
let calls = 0;

beforeAll(async () => {
	const [ana, ben] = [await quits.meet('Anouschka'), await quits.meet('Benedict')];
	people = { owner: ana.id, outsider: ben.id, ...(await addOthers(db)) };
	const { passwordHash } = await db.user.findUniqueOrThrow({ where: { id: people.half } });
	await db.user.updateMany({ where: { id: { in: [ana.id, ben.id] } }, data: { passwordHash } });
	hers = await makeHousehold(quits, ana);
	await makeHousehold(quits, ben);
	for (const who of ['admin', 'plain'] as const) await addFormerMember(db, hers.group.groupId, people[who]);
	const { account, done, waiting, transaction, recurring, notification, passkey, session, token } = hers;
	const ids = [account, done, waiting, transaction, recurring, notification, passkey, session, token];
	const { webhook, delivery, budget, alert, ownCategory } = hers;
	const told = [webhook, delivery, budget, alert, ownCategory];
	secrets = ['Anouschka', hers.email, ana.id, ...ids, ...told, ...Object.values(hers.group)];
});

afterAll(() => {
	console.log(
		`access matrix: ${Object.keys(procedures).length} procedures, ${actors.length} actors, ${calls} calls`
	);
});

test('every procedure there is has a row, and a row for its type', () => {
	expect(Object.keys(rows).sort()).toEqual(Object.keys(procedures).sort());
	for (const [name, { level }] of Object.entries(rows)) {
		expect({ name, access: procedures[name]!._def.meta?.access }).toEqual({ name, access: accessOf[level] });
	}
});

type Answer = { text: string; refusal?: Refusal };

async function call(name: string, input: unknown, token: string | undefined): Promise<Answer> {
	calls++;
	const api = untypedApiOf(app, { token });
	const answer = api[procedures[name]!._def.type](name, input);
	try {
		return { text: JSON.stringify((await answer) ?? null) };
	} catch (error) {
		if (!(error instanceof TRPCClientError)) throw error;
		const refusal = { message: error.message, ...(error.data as Omit<Refusal, 'message'>) };
		return { text: JSON.stringify(error.shape), refusal };
	}
}

/** Whether a row's call is an actor's own business, and not an attempt on somebody else's. */
const mayDo = ({ level }: Row, actor: Actor): boolean =>
	outcomeOf(level, actor) === 'in' && (level.startsWith('admin') || isOwner(actor));

function check(actor: Actor, { level, own, foreign }: Row, { refusal, text }: Answer, mine: boolean): void {
	const outcome = outcomeOf(level, actor);
	if (outcome !== 'in') expect({ actor, ...refusal }).toMatchObject({ actor, ...refusals[outcome] });
	else
		expect({ actor, text, among: mine ? own : foreign }).toSatisfy(() =>
			(mine ? own : foreign).includes(refusal?.reason ?? 'ok')
		);
}

/** Until nothing runs that an earlier call has begun. */
async function quiet(): Promise<void> {
	await expect.poll(() => db.outbox.count(), { timeout: 20_000, interval: 20 }).toBe(0);
}

test.each(Object.entries(rows))('%s', async (name, row) => {
	const input = () => row.input?.(hers, makeSpares(quits, hers.person));
	const others = actors.filter((actor) => !mayDo(row, actor));
	const attempt = await input();
	const tokens = new Map<Actor, string | undefined>();
	for (const actor of others) tokens.set(actor, await credentialOf(db, people, actor));
	await quiet();
	const before = await everythingOf(quits, people.owner);
	for (const actor of others) {
		const answer = await whileRequired(db, actor, () => call(name, attempt, tokens.get(actor)));
		check(actor, row, answer, false);
		const told = secrets.filter((secret) => answer.text.includes(secret));
		expect({ actor, told }).toEqual({ actor, told: [] });
	}
	expect(await everythingOf(quits, people.owner)).toEqual(before);

	for (const actor of actors.filter((actor) => mayDo(row, actor))) {
		const token = await credentialOf(db, people, actor);
		check(actor, row, await call(name, await input(), token), true);
	}
	// A person has fifty at most.
	await db.apiToken.deleteMany({ where: { userId: people.owner, id: { not: hers.token } } });
});
