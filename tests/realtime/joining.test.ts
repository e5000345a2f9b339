/** The moments between reading which groups somebody is in and hearing of them, held open by a database that answers late. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { Db } from '#server/db/client.ts';
import { makeLive } from '#server/realtime/live.ts';
import { groupRoom } from '#server/realtime/rooms.ts';
import { attachSockets, makeSockets } from '#server/realtime/sockets.ts';
import { apiOf } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { makeGroup, type TestGroup } from '../support/group.ts';
import { connectLive, type Live } from '../support/live.ts';

const quits = await startTestApp({ work: false });

type Held = { release: () => void };
/** Holds back the next answer about members; resolves once there is one, which from then on may be out of date. */
function holdNext(): Promise<Held> {
	return new Promise((held) => holding.push(held));
}
const holding: ((held: Held) => void)[] = [];
/** Lets the next one through. */
const passNext = (): void => void holding.push(({ release }) => release());

async function late<T>(answer: Promise<T>): Promise<T> {
	const result = await answer;
	const hold = holding.shift();
	if (hold) await new Promise<void>((release) => hold({ release }));
	return result;
}

const members = quits.app.db.member;
const lateMembers = new Proxy(members, {
	get: (target, name) => {
		if (name === 'findMany') return (args: object) => late(members.findMany(args));
		if (name === 'count') return (args: object) => late(members.count(args));
		return Reflect.get(target, name) as unknown;
	}
});
const lateDb: Db = new Proxy(quits.app.db, {
	get: (target, name) => (name === 'member' ? lateMembers : (Reflect.get(target, name) as unknown))
});

const { sockets, close } = makeSockets(quits.app.config, lateDb, quits.app.log);
const app = {
	...quits.app,
	live: makeLive(sockets, lateDb, quits.app.config.databaseUrl !== undefined)
};
const http = createServer();
attachSockets(sockets, http);
http.listen(0, '127.0.0.1');
await once(http, 'listening');
const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
afterAll(async () => {
	await close();
	http.close();
});

const [metAna, metBen] = [await quits.meet('Ana'), await quits.meet('Ben')];
const ana = { ...metAna, api: apiOf(app, { token: metAna.token }) };
const ben = { ...metBen, api: apiOf(app, { token: metBen.token }) };
const anasLive = await connectLive(url, { token: ana.token });

let flat: TestGroup;
let groupId: string;
beforeEach(async () => {
	flat = await makeGroup(app, [ana, ben]);
	groupId = flat.id;
});

const connect = () => connectLive(url, { token: ben.token });
const remove = () => ana.api.members.remove.mutate({ groupId, memberId: flat.member('Ben') });
/** Ana does something, and hears of it. */
async function spend(): Promise<void> {
	await ana.api.expenses.create.mutate(flat.expense());
	const revision = await flat.revision();
	await anasLive.until('group:changed', (event) => event.groupId === groupId && event.revision === revision);
}
async function heardBy(live: Live): Promise<number[]> {
	const id = `mark-${performance.now()}`;
	app.live.toUser(ben.id, 'notification:new', { id, kind: 'upload_done', unread: 0 });
	await live.until('notification:new', (event) => event.id === id);
	return live
		.all('group:changed')
		.filter((event) => event.groupId === groupId)
		.map(({ revision }) => revision);
}
const inRoom = async () =>
	(await sockets.in(groupRoom(groupId)).fetchSockets()).some(({ data }) => data.userId === ben.id);

test('the premise: a member’s socket hears of the group from the moment that it is connected', async () => {
	passNext();
	const settling = holdNext();
	const live = await connect();
	const { release } = await settling; // it is yet to look again
	await spend();
	expect(await heardBy(live)).toEqual([2]);
	release();
	live.socket.disconnect();
});

test('removed while a socket reads its groups: it hears nothing, not even before it looks again', async () => {
	const [reading, settling] = [holdNext(), holdNext()];
	const connecting = connect();
	const { release } = await reading;
	await remove();
	release();
	const live = await connecting;
	await spend();
	expect(await heardBy(live)).toEqual([]);
	(await settling).release();
	await spend();
	expect(await heardBy(live)).toEqual([]);
	expect(await inRoom()).toBe(false);
	live.socket.disconnect();
});

test('removed while a connected socket looks again: what it read before does not bring it back', async () => {
	passNext();
	const settling = holdNext();
	const live = await connect();
	const { release } = await settling;
	await remove();
	expect(await inRoom()).toBe(false);
	release();
	await spend();
	expect(await heardBy(live)).toEqual([]);
	expect(await inRoom()).toBe(false);
	live.socket.disconnect();
});

test('joining while a socket reads its groups: it hears of the new one all the same', async () => {
	await remove();
	const { code } = await ana.api.invites.create.mutate({ groupId });
	const reading = holdNext();
	const connecting = connect();
	const { release } = await reading;
	await ben.api.invites.accept.mutate({ code });
	release();
	const live = await connecting;
	await expect.poll(inRoom, { interval: 5 }).toBe(true);
	await spend();
	expect(await heardBy(live)).toContain(await flat.revision());
	live.socket.disconnect();
});

test('removed while their joining is on its way to the sockets: they stay out', async () => {
	await remove();
	const { code } = await ana.api.invites.create.mutate({ groupId });
	passNext();
	passNext();
	const joining = holdNext();
	const live = await connect();
	const accepted = ben.api.invites.accept.mutate({ code });
	const { release } = await joining;
	await remove();
	release();
	await accepted;
	await spend();
	expect(await heardBy(live)).toEqual([]);
	expect(await inRoom()).toBe(false);
	live.socket.disconnect();
});
