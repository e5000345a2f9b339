/** Every kind of caller knocks at the sockets, over both transports; and every event there is reaches whom it is for alone. */
import { v7 } from 'uuid';
import { beforeAll, expect, test } from 'vitest';
import { serverEventNames, type ServerEventName, type ServerEventPayload } from '#lib/realtime/events.ts';
import { addFormerMember } from '../support/access/group-things.ts';
import { addOthers, addPerson, credentialOf, whileRequired, type People } from '../support/access/actors.ts';
import { actors, outcomeOf, refusals, type Actor } from '../support/access/levels.ts';
import { startTestApp } from '../support/app.ts';
import { connectLive, type Live } from '../support/live.ts';

const quits = await startTestApp({ work: false });
const { app, url } = quits;
const { db, live } = app;

/** Live events tell what reading would, so sockets let in whom reading does. */
const letsIn = (actor: Actor): boolean => outcomeOf('read', actor) === 'in';

const transports = ['websocket', 'polling'] as const;
let people: People;
beforeAll(async () => {
	const owner = await addPerson(db, { name: 'Anouschka' });
	const outsider = await addPerson(db, { name: 'Benedict' });
	people = { owner, outsider, ...(await addOthers(db)) };
});

test.each(actors.flatMap((actor) => transports.map((transport) => ({ actor, transport }))))(
	'$actor at the sockets over $transport',
	async ({ actor, transport }) => {
		const outcome = outcomeOf('read', actor);
		const token = await credentialOf(db, people, actor);
		const shown = [{ token }, { cookie: `quits=${token}` }];
		for (const credential of token === undefined ? [{}] : shown) {
			const connecting = whileRequired(db, actor, () =>
				connectLive(url, { transport, ...(credential as { token?: string; cookie?: string }) })
			);
			if (outcome === 'in') {
				const { socket } = await connecting;
				expect(socket.connected).toBe(true);
				socket.disconnect();
			} else await expect(connecting).rejects.toThrow(refusals[outcome].reason);
		}
	}
);

type Payloads = { [E in ServerEventName]: ServerEventPayload<E> };

const upload = { rowsTotal: 1, rowsDone: 1, imported: 1, duplicates: 0, rejected: 0 };
/** An example of every event that goes to a group. */
const groupExamples = {
	'group:changed': { groupId: v7(), revision: 1, kind: 'group_created', actorId: 'hers', subjectId: null },
	'group:presence': { groupId: v7(), memberIds: ['hers'] }
} as const;

/** An example of every event that goes to a person; what a session hears of its end is below. */
const examples: Omit<
	Payloads,
	'session:revoked' | 'export:progress' | 'model:progress' | keyof typeof groupExamples
> = {
	'upload:progress': { uploadId: 'hers', status: 'importing', ...upload },
	'upload:done': { uploadId: 'hers', status: 'done', ...upload },
	'notification:new': { id: 'hers', kind: 'upload_done', unread: 1 },
	'alert:raised': { alertId: 'hers', budgetId: 'hers', groupId: null, threshold: 80, percent: 81 },
	'transactions:changed': {},
	'categories:changed': {},
	'rules:changed': {},
	'budgets:changed': {},
	'group:left': { groupId: 'hers', deleted: false }
};

test('every event there is has its place here', () => {
	const others = ['session:revoked', 'export:progress', 'model:progress'];
	const here = [...Object.keys(examples), ...Object.keys(groupExamples), ...others];
	expect(here.sort()).toEqual([...serverEventNames].sort());
});

/** A socket of everybody who can have one, and two of the owner's. */
async function everybody(): Promise<Map<string, { actor: Actor; live: Live }>> {
	const open = new Map<string, { actor: Actor; live: Live }>();
	for (const actor of actors.filter(letsIn)) {
		const token = await credentialOf(db, people, actor);
		for (const transport of transports) {
			open.set(`${actor} over ${transport}`, {
				actor,
				live: await connectLive(url, { token: token!, transport })
			});
		}
	}
	return open;
}

const isHers = (actor: Actor): boolean => ['owner', 'old', 'readToken'].includes(actor);

test.each(Object.entries(examples))('%s reaches its person and nobody else', async (event, payload) => {
	const open = await everybody();
	live.toUser(people.owner, event as keyof typeof examples, payload);
	// What is sent to everybody afterwards arrives afterwards: whoever has heard that has heard all before it.
	const last = { id: 'last', kind: 'upload_done', unread: 0 };
	for (const userId of Object.values(people)) live.toUser(userId, 'notification:new', last);
	for (const [who, { actor, live: socket }] of open) {
		await socket.until('notification:new', ({ id }) => id === 'last');
		const before = socket.heard.filter(({ payload: heard }) => !('id' in heard && heard.id === 'last'));
		expect({ who, before }).toEqual({ who, before: isHers(actor) ? [{ event, payload }] : [] });
		socket.socket.disconnect();
	}
});

test.each(Object.entries(groupExamples))(
	'%s reaches those who are in the group and nobody else',
	async (event, payload) => {
		const { groupId } = payload;
		await db.group.create({ data: { id: groupId, name: 'Hers', currency: 'EUR' } });
		await db.member.create({ data: { id: v7(), groupId, userId: people.owner, name: 'Anouschka' } });
		await addFormerMember(db, groupId, people.outsider);
		const open = await everybody();
		live.toGroup(groupId, event as keyof typeof groupExamples, payload as never);
		const last = { id: 'last', kind: 'upload_done', unread: 0 };
		for (const userId of Object.values(people)) live.toUser(userId, 'notification:new', last);
		for (const [who, { actor, live: socket }] of open) {
			await socket.until('notification:new', ({ id }) => id === 'last');
			const before = socket.heard.filter(({ event: heard }) => heard !== 'notification:new');
			expect({ who, before }).toEqual({ who, before: isHers(actor) ? [{ event, payload }] : [] });
			socket.socket.disconnect();
		}
	}
);

test('model:progress reaches those who may administer and nobody else', async () => {
	const open = await everybody();
	const payload = { versionId: 'any', status: 'training', done: 1, total: 2 } as const;
	live.toAdmins('model:progress', payload);
	const last = { id: 'last', kind: 'upload_done', unread: 0 };
	for (const userId of Object.values(people)) live.toUser(userId, 'notification:new', last);
	for (const [who, { actor, live: socket }] of open) {
		await socket.until('notification:new', ({ id }) => id === 'last');
		const before = socket.heard.filter(({ event }) => event !== 'notification:new');
		// With an API token sockets hear what its scopes let it read, and that is nothing of an admin's.
		const isAdmin = actor === 'admin' || actor === 'staleAdmin';
		expect({ who, before }).toEqual({ who, before: isAdmin ? [{ event: 'model:progress', payload }] : [] });
		socket.socket.disconnect();
	}
});

test('export:progress reaches the session that asked for it, and no other of its person', async () => {
	const open = await everybody();
	const token = await credentialOf(db, people, 'owner');
	const asking = await connectLive(url, { token: token! });
	const { id } = await db.session.findFirstOrThrow({
		where: { userId: people.owner },
		orderBy: { id: 'desc' }
	});
	const counts = { rowsDone: 1, rowsTotal: 2, size: 3 };
	const payload = { exportId: 'hers', revision: 1, status: 'writing', filename: 'a.pdf', ...counts } as const;
	live.toSession(id, 'export:progress', payload);
	const last = { id: 'last', kind: 'upload_done', unread: 0 };
	for (const userId of Object.values(people)) live.toUser(userId, 'notification:new', last);
	await asking.until('notification:new');
	expect(asking.heard[0]).toEqual({ event: 'export:progress', payload });
	asking.socket.disconnect();
	for (const { live: socket } of open.values()) {
		await socket.until('notification:new');
		expect(socket.all('export:progress')).toEqual([]);
		socket.socket.disconnect();
	}
});

test('session:revoked reaches the sockets of that session and no others, its person’s included', async () => {
	const open = await everybody();
	const token = await credentialOf(db, people, 'owner');
	const ending = await Promise.all(
		transports.map((transport) => connectLive(url, { token: token!, transport }))
	);
	const { id } = await db.session.findFirstOrThrow({
		where: { userId: people.owner },
		orderBy: { id: 'desc' }
	});
	live.endSession(id);
	for (const socket of ending) {
		await socket.closed;
		expect(socket.heard).toEqual([{ event: 'session:revoked', payload: { sessionId: id } }]);
	}
	for (const userId of Object.values(people)) {
		live.toUser(userId, 'notification:new', { id: 'last', kind: 'upload_done', unread: 0 });
	}
	for (const [who, { live: socket }] of open) {
		await socket.until('notification:new');
		expect({ who, heard: socket.heard.map(({ event }) => event) }).toEqual({
			who,
			heard: ['notification:new']
		});
		socket.socket.disconnect();
	}
});
