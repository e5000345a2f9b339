import { setTimeout as delay } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { groupRoom, userRoom } from '#server/realtime/rooms.ts';
import { startTestApp } from '../support/app.ts';
import { makeGroup, type TestGroup } from '../support/group.ts';
import { connectLive, type Live } from '../support/live.ts';
import type { Person } from '../support/person.ts';

const quits = await startTestApp();
const { app } = quits;

const ana = await quits.meet('Ana');
const ben = await quits.meet('Ben');
const dora = await quits.meet('Dora');
const eve = await quits.meet('Eve');
let flat: TestGroup;
let groupId: string;
beforeEach(async () => {
	flat = await makeGroup(app, [ana, ben, dora], { guests: ['Cleo'] });
	groupId = flat.id;
});

/** What a socket has heard of the group, as [revision, kind]. */
const changes = (live: Live) =>
	live
		.all('group:changed')
		.filter((event) => event.groupId === groupId)
		.map(({ revision, kind }) => [revision, kind]);
const until = (live: Live, revision: number) =>
	live.until('group:changed', (event) => event.groupId === groupId && event.revision === revision);
/** Whether any socket of a person is in the group's room on the server. */
const isInRoom = async ({ id }: Person): Promise<boolean> => {
	const sockets = await app.live.sockets.in(groupRoom(groupId)).fetchSockets();
	return sockets.some(({ data }) => data.userId === id);
};
const spend = () => ana.api.expenses.create.mutate(flat.expense());
const invite = () => ana.api.invites.create.mutate({ groupId });
const remove = (name: string) => ana.api.members.remove.mutate({ groupId, memberId: flat.member(name) });

const quickly = { interval: 5, timeout: 10_000 };

/** Everything that was sent to a person so far has arrived when this has. */
async function caughtUp({ id }: Pick<Person, 'id'>, live: Live): Promise<void> {
	const mark = `mark-${performance.now()}`;
	app.live.toUser(id, 'notification:new', { id: mark, kind: 'upload_done', unread: 0 });
	await live.until('notification:new', (event) => event.id === mark);
}

test('every change reaches every member on every socket, with the next revision and who did it', async () => {
	const polling = await connectLive(quits.url, { token: dora.token, transport: 'polling' });
	const made = await spend();
	const { id, version } = await ben.api.expenses.update.mutate({
		...flat.expense({ amount: 5000 }),
		id: made.id,
		version: made.version
	});
	await ben.api.expenses.comment.mutate({ id, text: 'Was it that much?' });
	await ana.api.expenses.remove.mutate({ id, version });
	await dora.api.expenses.restore.mutate({ id });
	const { id: settlement } = await ben.api.settlements.create.mutate({
		groupId,
		from: flat.member('Ben'),
		to: flat.member('Ana'),
		currency: 'EUR',
		amount: 100
	});
	await ana.api.settlements.confirm.mutate({ id: settlement });
	await ana.api.groups.update.mutate({ groupId, name: 'The house' });
	await ben.api.members.add.mutate({ groupId, name: 'Finn' });
	await ben.api.members.rename.mutate({ groupId, memberId: flat.member('Cleo'), name: 'Cleopatra' });
	await ana.api.members.setRole.mutate({ groupId, memberId: flat.member('Ben'), role: 'owner' });
	const link = await invite();
	await ana.api.invites.revoke.mutate({ id: link.id });
	await ana.api.groups.archive.mutate({ groupId, archived: true });
	await ana.api.groups.archive.mutate({ groupId, archived: false });
	const kinds = [
		'expense_added',
		'expense_updated',
		'expense_commented',
		'expense_removed',
		'expense_restored',
		'settlement_marked',
		'settlement_confirmed',
		'group_updated',
		'member_added',
		'member_renamed',
		'owner_changed',
		'invite_created',
		'invite_revoked',
		'group_archived',
		'group_restored'
	];
	for (const live of [ana.live, ben.live, dora.live, polling]) {
		await until(live, kinds.length + 1);
		expect(changes(live).slice(-kinds.length)).toEqual(kinds.map((kind, n) => [n + 2, kind]));
	}
	const { items } = await ana.api.groups.activity.query({ groupId });
	expect(items.map(({ revision, kind }) => [revision, kind]).reverse()).toEqual([
		[1, 'group_created'],
		...kinds.map((kind, n) => [n + 2, kind])
	]);
	const commented = await until(dora.live, 4);
	expect(commented).toEqual({
		groupId,
		revision: 4,
		kind: 'expense_commented',
		actorId: flat.member('Ben'),
		subjectId: commented.subjectId
	});
});

test('an event comes only once its change can be read', async () => {
	const read: Promise<boolean>[] = [];
	const look = (event: { groupId: string; revision: number }): void => {
		if (event.groupId !== groupId) return;
		read.push(ben.api.groups.get.query({ groupId }).then(({ revision }) => revision >= event.revision));
	};
	ben.live.socket.on('group:changed', look);
	for (let n = 0; n < 10; n++) await spend();
	await until(ben.live, 11);
	ben.live.socket.off('group:changed', look);
	const seen = await Promise.all(read);
	expect(seen).toHaveLength(10);
	expect(seen.every(Boolean)).toBe(true);
});

test('thirty changes at once are thirty revisions without a gap, in the log and on every socket', async () => {
	const people = [ana, ben, dora];
	await Promise.all(
		Array.from({ length: 30 }, (_, n) => {
			const { api } = people[n % 3]!;
			return n % 2 === 0
				? api.expenses.create.mutate(flat.expense())
				: api.members.add.mutate({ groupId, name: `Guest ${n}` });
		})
	);
	const wanted = Array.from({ length: 30 }, (_, n) => n + 2);
	for (const person of people) {
		await caughtUp(person, person.live);
		const revisions = changes(person.live).map(([revision]) => Number(revision));
		expect(revisions.filter((revision) => revision > 1).sort((a, b) => a - b)).toEqual(wanted);
	}
	const { items } = await ana.api.groups.activity.query({ groupId, limit: 100 });
	expect(items.map(({ revision }) => revision).reverse()).toEqual([1, ...wanted]);
});

test('somebody who is in another group hears of that one and not of this one', async () => {
	const own = await makeGroup(app, [eve]);
	await eve.api.expenses.create.mutate(own.expense());
	// Eve hears of groups, on this very socket; and here Ben hears what she is not to.
	await eve.live.until('group:changed', (event) => event.groupId === own.id && event.revision === 2);
	eve.live.socket.emit('group:focus', { groupId });
	await spend();
	await until(ben.live, 2);
	await caughtUp(eve, eve.live);
	expect(changes(eve.live)).toEqual([]);
	expect(eve.live.all('group:presence').filter((event) => event.groupId === groupId)).toEqual([]);
	expect(await isInRoom(eve)).toBe(false);
});

test('whoever joins hears of it on every open socket, their own joining first', async () => {
	const tab = await connectLive(quits.url, { token: eve.token, transport: 'polling' });
	const { code } = await invite();
	await spend();
	await eve.api.invites.accept.mutate({ code });
	expect(await isInRoom(eve)).toBe(true);
	await spend();
	for (const live of [eve.live, tab]) {
		await until(live, 5);
		expect(changes(live)).toEqual([
			[4, 'member_joined'],
			[5, 'expense_added']
		]);
	}
	const claimer = await quits.meet('Claimer');
	await claimer.api.members.claim.mutate({ code, memberId: flat.member('Cleo') });
	await until(claimer.live, 6);
	tab.socket.disconnect();
});

test('a person’s other pages hear of a group that they make', async () => {
	const { id } = await eve.api.groups.create.mutate({ name: 'New', currency: 'EUR' });
	const event = await eve.live.until('group:changed', (change) => change.groupId === id);
	expect(event).toMatchObject({ revision: 1, kind: 'group_created' });
});

test('who is removed is told, hears nothing more from then on, and is out of the room when the call returns', async () => {
	const tab = await connectLive(quits.url, { token: ben.token, transport: 'polling' });
	await spend();
	for (const live of [ben.live, tab]) await until(live, 2); // he hears the group
	expect(await isInRoom(ben)).toBe(true);
	await remove('Ben');
	expect(await isInRoom(ben)).toBe(false);
	await spend();
	await until(dora.live, 4);
	expect(changes(dora.live).slice(-2)).toEqual([
		[3, 'member_removed'],
		[4, 'expense_added']
	]);
	for (const live of [ben.live, tab]) {
		await live.until('group:left', (event) => event.groupId === groupId);
		await caughtUp(ben, live);
		expect(changes(live).filter(([revision]) => Number(revision) > 2)).toEqual([]);
	}
	const again = await connectLive(quits.url, { token: ben.token });
	again.socket.emit('group:focus', { groupId });
	await spend();
	await until(dora.live, 5);
	await caughtUp(ben, again);
	expect(again.heard.map(({ event }) => event)).toEqual(['notification:new']);
	tab.socket.disconnect();
	again.socket.disconnect();
});

test('who leaves hears that they are out, and nothing more', async () => {
	await dora.api.members.leave.mutate({ groupId });
	expect(await isInRoom(dora)).toBe(false);
	await spend();
	await until(ana.live, 3);
	await dora.live.until('group:left', (event) => event.groupId === groupId);
	await caughtUp(dora, dora.live);
	expect(changes(dora.live).filter(([revision]) => Number(revision) > 1)).toEqual([]);
	expect(changes(ana.live).slice(-2)).toEqual([
		[2, 'member_left'],
		[3, 'expense_added']
	]);
});

test('a socket that is just connecting while its person is removed hears nothing after that either', async () => {
	const rounds = 24;
	let heardBefore = 0;
	for (let round = 0; round < rounds; round++) {
		// Ben and his removal start at different moments, so that it falls into every step of connecting.
		const connecting = delay((round % 8) / 2).then(() => connectLive(quits.url, { token: ben.token }));
		const removing = delay(((round * 3) % 10) / 2).then(() => remove('Ben'));
		await removing;
		const removedAt = await flat.revision();
		await Promise.all([spend(), spend(), spend()]);
		const live = await connecting;
		await spend();
		await until(ana.live, removedAt + 4);
		await caughtUp(ben, live);
		const heard = changes(live).map(([revision]) => Number(revision));
		expect(heard.filter((revision) => revision >= removedAt)).toEqual([]);
		expect(await isInRoom(ben)).toBe(false);

		// He comes back while another socket connects: that one must not stay deaf.
		const { code } = await invite();
		const [, joining] = await Promise.all([
			ben.api.invites.accept.mutate({ code }),
			delay((round % 6) / 2).then(() => connectLive(quits.url, { token: ben.token }))
		]);
		await expect
			.poll(async () => {
				const sockets = await app.live.sockets.in(groupRoom(groupId)).fetchSockets();
				return sockets.some(({ id }) => id === joining.socket.id);
			}, quickly)
			.toBe(true);
		await spend();
		await until(joining, await flat.revision());
		heardBefore++;
		live.socket.disconnect();
		joining.socket.disconnect();
		await expect
			.poll(async () => (await app.live.sockets.in(userRoom(ben.id)).fetchSockets()).length, quickly)
			.toBe(1);
	}
	expect(heardBefore).toBe(rounds);
});

test('the others see who is looking at the group, on however many pages, and who is not any more', async () => {
	const [a, b, d] = ['Ana', 'Ben', 'Dora'].map(flat.member) as [string, string, string];
	const seen = (live: Live, ...memberIds: string[]) =>
		live.until(
			'group:presence',
			(event) =>
				event.groupId === groupId && JSON.stringify(event.memberIds) === JSON.stringify(memberIds.sort())
		);
	const latest = (live: Live) =>
		live
			.all('group:presence')
			.filter((event) => event.groupId === groupId)
			.at(-1)?.memberIds;
	ana.live.socket.emit('group:focus', { groupId });
	await seen(dora.live, a);
	const tab = await connectLive(quits.url, { token: ben.token });
	for (const { socket } of [ben.live, tab]) socket.emit('group:focus', { groupId });
	await seen(ana.live, a, b);
	await seen(ben.live, a, b);
	ben.live.socket.emit('group:focus', { groupId: null });
	await delay(300);
	expect(latest(ana.live)).toEqual([a, b].sort());
	tab.socket.disconnect();
	await expect.poll(() => latest(ana.live)).toEqual([a]);

	dora.live.socket.emit('group:focus', { groupId });
	await expect.poll(() => latest(ana.live)).toEqual([a, d].sort());
	await remove('Dora');
	await expect.poll(() => latest(ana.live)).toEqual([a]);
	const heard = dora.live.all('group:presence').length;
	dora.live.socket.emit('group:focus', { groupId });
	ana.live.socket.emit('group:focus', { groupId: null });
	await expect.poll(() => latest(ben.live)).toEqual([]);
	await caughtUp(dora, dora.live);
	expect(dora.live.all('group:presence')).toHaveLength(heard);
	expect(latest(ana.live)).toEqual([]);
});

test('nonsense about what one looks at changes nothing', async () => {
	const send = (payload: unknown) =>
		(ben.live.socket as unknown as { emit: (event: string, payload: unknown) => void }).emit(
			'group:focus',
			payload
		);
	for (const payload of [null, 7, 'x', [], {}, { groupId: 9 }, { groupId: 'x'.repeat(100) }]) send(payload);
	await caughtUp(ben, ben.live);
	await delay(1100); // more than ten of these a second are not listened to
	send({ groupId });
	await ana.live.until('group:presence', (event) => event.groupId === groupId);
});
