import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DbConfig } from '#server/db/client.ts';
import { apiAt, refusal, type Api } from '../support/api.ts';
import { query } from '../support/catalog.ts';
import { connectLive, type Live } from '../support/live.ts';
import { migratedDatabase, tempDirectory } from '../support/db.ts';
import { importStatement, settled, type Person } from '../support/person.ts';
import { signUp, startServer, visit, type Server } from '../support/server.ts';
import { bookings, statement } from '../support/statement.ts';

// Two web processes and a worker on one Postgres, each with a directory of its own as if on machines of their own.
let here: Server;
let there: Server;
let worker: Server;
let database: DbConfig;
beforeAll(async () => {
	database = await migratedDatabase();
	const { databaseUrl } = database;
	const secret = { APP_SECRET: 'the same on every machine of this Quits', SIGNUP: 'open' };
	const on = () => ({ databaseUrl, dataDir: tempDirectory() });
	[here, there, worker] = await Promise.all([
		startServer(on(), { ...secret, ROLE: 'web' }),
		startServer(on(), { ...secret, ROLE: 'web' }),
		startServer(on(), { ...secret, ROLE: 'worker' })
	]);
});

test('progress of the worker reaches a person on every web process, in order, and nobody else', async () => {
	const ana = await signUp(here, 'Ana');
	const anaThere = await visit(there.url, ana);
	const ben = await signUp(there, 'Ben');
	const id = await ana.send(statement(bookings(5000)));
	await Promise.all([settled(ana, id), settled(anaThere, id)]);
	await Promise.all([ana, anaThere].map(({ live }) => live.until('notification:new')));
	for (const { live } of [ana, anaThere]) {
		const done = live.all('upload:progress').map((event) => event.rowsDone);
		expect(done).toEqual([0, 0, 1000, 2000, 3000, 4000, 5000]);
		expect(live.all('upload:done')).toMatchObject([{ status: 'done', imported: 5000 }]);
	}
	// Ben would have heard by now: his own import, later, reaches him the same way.
	await importStatement(ben, statement(bookings(10)));
	expect(ben.live.all('upload:progress').every((event) => event.uploadId !== id)).toBe(true);
	expect(ben.live.all('upload:done')).toHaveLength(1);
});

test('signing out on one process closes the sockets on the other', async () => {
	const cleo = await signUp(here, 'Cleo');
	const elsewhere = await connectLive(there.url, { token: cleo.token });
	await cleo.api.auth.logout.mutate();
	await Promise.all([cleo.live.closed, elsewhere.closed]);
	expect(elsewhere.heard).toMatchObject([{ event: 'session:revoked' }]);
	await expect(connectLive(there.url, { token: cleo.token })).rejects.toThrow('signed_out');
});

test.each(['websocket', 'polling'] as const)(
	'what ends a session or token on one process is dead on the other within a second, over %s',
	async (transport) => {
		const person = await signUp(here, `Dora${transport}`);
		const login = { email: `dora${transport}@example.org`, password: `Dora${transport} likes rainy Sundays` };
		const newSession = async (): Promise<string> => {
			const answer = await apiAt(here.url).auth.login.mutate(login);
			return answer.status === 'ok' ? answer.token : expect.fail('no second factor was set up');
		};
		const made = await person.api.auth.tokens.create.mutate({ name: 'Program', scopes: ['read'] });
		const endings: [string, () => Promise<unknown>][] = [
			[await newSession(), () => person.api.auth.sessions.revoke.mutate({ others: true })],
			[made.token, () => person.api.auth.tokens.revoke.mutate({ id: made.id })],
			[
				person.token,
				() =>
					person.api.auth.changePassword.mutate({
						current: login.password,
						next: 'seven red kites over a harbour'
					})
			]
		];
		for (const [token, end] of endings) {
			const open = await connectLive(there.url, { token, transport });
			expect(await apiAt(there.url, token).accounts.list.query()).toEqual([]);
			await end();
			const done = performance.now();
			expect(await refusal(apiAt(there.url, token).accounts.list.query())).toMatchObject({
				reason: 'signed_out'
			});
			expect((await open.closed) - done).toBeLessThan(1000);
		}
	}
);

describe('a group whose people are at different processes', () => {
	// Ana is at one, Ben and Dora at the other.
	let ana: Person;
	let anaThere: Api;
	let ben: Person;
	let dora: Person;
	let groupId: string;
	let benId: string;
	beforeAll(async () => {
		ana = await signUp(here, 'Anouk');
		anaThere = apiAt(there.url, ana.token);
		[ben, dora] = [await signUp(there, 'Benno'), await signUp(there, 'Dorte')];
	});
	beforeEach(async () => {
		groupId = (await ana.api.groups.create.mutate({ name: 'Apart', currency: 'EUR' })).id;
		const { code } = await ana.api.invites.create.mutate({ groupId });
		await dora.api.invites.accept.mutate({ code });
		benId = (await ben.api.invites.accept.mutate({ code })).memberId;
	});

	const spend = async (api: Api): Promise<void> => {
		const { me } = await api.groups.get.query({ groupId });
		await api.expenses.create.mutate({
			...{ groupId, description: 'Tea', date: '2026-03-01', currency: 'EUR', amount: 300 },
			payers: [{ memberId: me.memberId, amount: 300 }],
			split: { mode: 'equal' }
		});
	};
	const revisionNow = async () => (await ana.api.groups.get.query({ groupId })).revision;
	const remove = () => ana.api.members.remove.mutate({ groupId, memberId: benId });
	const heardOf = ({ live }: { live: Live }): number[] =>
		live
			.all('group:changed')
			.filter((event) => event.groupId === groupId)
			.map(({ revision }) => revision);
	const until = ({ live }: { live: Live }, revision: number) =>
		live.until('group:changed', (event) => event.groupId === groupId && event.revision === revision);
	/** Everything that was sent to people at the other process has come by now: this is sent there last, by the first one. */
	async function caughtUp(person: { live: Live }): Promise<void> {
		const { id } = await ana.api.groups.create.mutate({ name: 'Mark', currency: 'EUR' });
		const { code } = await ana.api.invites.create.mutate({ groupId: id });
		await ben.api.invites.accept.mutate({ code });
		await person.live.until('group:changed', (event) => event.groupId === id);
	}

	test('both hear what the other does, whichever process does it, in order', async () => {
		const from = await revisionNow();
		for (const api of [ana.api, anaThere, ben.api, ana.api]) await spend(api);
		const wanted = [1, 2, 3, 4].map((n) => from + n);
		for (const person of [ana, ben, dora]) {
			await until(person, from + 4);
			expect(heardOf(person).slice(-4)).toEqual(wanted);
		}
	});

	test('who is removed at one process hears nothing at the other from when the call has returned', async () => {
		for (let round = 0; round < 6; round++) {
			await until(ben, await revisionNow()); // he hears the group
			let isRunning = true;
			const around = [ana.api, ana.api, ana.api].map(async (api) => {
				while (isRunning) await spend(api);
			});
			await spend(anaThere);
			await remove();
			// At once, by both processes.
			const returned = await revisionNow();
			await Promise.all([ana.api, anaThere, ana.api, anaThere, ana.api].map(spend));
			isRunning = false;
			await Promise.all(around);
			const last = await revisionNow();
			expect(last).toBeGreaterThanOrEqual(returned + 5);
			await until(dora, last);
			await ben.live.until('group:left', (event) => event.groupId === groupId);
			await caughtUp(ben);
			const { items } = await ana.api.groups.activity.query({ groupId, limit: 200 });
			const removedAt = items.find(({ kind }) => kind === 'member_removed')!.revision;
			expect(removedAt).toBeLessThanOrEqual(returned);
			expect(heardOf(dora)).toContain(removedAt);
			expect(heardOf(ben).filter((revision) => revision >= removedAt)).toEqual([]);

			const { code } = await ana.api.invites.create.mutate({ groupId });
			await ben.api.invites.accept.mutate({ code });
		}
	});

	test('who joins at one process hears of it at the other at once, and who leaves nothing more', async () => {
		for (let round = 0; round < 4; round++) {
			// By either process: the person’s sockets are at the second one.
			const at = apiAt([here, there][round % 2]!.url, ben.token);
			expect(await at.members.leave.mutate({ groupId })).toEqual({ balances: expect.any(Array) as unknown });
			const left = await revisionNow();
			await Promise.all([ana.api, anaThere].map(spend));
			await until(dora, left + 2);
			const { code } = await ana.api.invites.create.mutate({ groupId });
			await at.invites.accept.mutate({ code });
			const joined = await revisionNow();
			await Promise.all([ana.api, anaThere].map(spend));
			for (const person of [ana, ben, dora]) await until(person, joined + 2);
			expect(heardOf(ben)).toContain(joined); // their own joining
			expect(heardOf(ben).filter((revision) => revision >= left && revision < joined)).toEqual([]);
		}
	});

	test('a group that is deleted at one process is off the pages at the other', async () => {
		await spend(ana.api);
		await until(dora, await revisionNow());
		await ana.api.groups.remove.mutate({ groupId });
		for (const { live } of [ben, dora]) {
			expect(await live.until('group:left', (event) => event.groupId === groupId)).toMatchObject({
				deleted: true
			});
		}
	});

	test('a process that has not listened for a while closes its sockets: they come back to what they are by now', async () => {
		const gone = await connectLive(there.url, { token: ben.token });
		await spend(ana.api);
		await until({ live: gone }, await revisionNow());
		const cut = await query(
			database,
			`SELECT pg_terminate_backend("pid") FROM pg_stat_activity
			 WHERE "datname" = current_database() AND "query" LIKE 'LISTEN%'`
		);
		expect(cut.length).toBeGreaterThanOrEqual(3);
		await remove(); // nobody at the other process hears of it
		const removedAt = await revisionNow();
		await Promise.all([gone.closed, ben.live.closed, dora.live.closed, ana.live.closed]);
		[ana, ben, dora] = await Promise.all([
			visit(here.url, ana),
			visit(there.url, ben),
			visit(there.url, dora)
		]);
		await expect
			.poll(async () => {
				await spend(ana.api);
				return heardOf(dora).length;
			})
			.toBeGreaterThan(0);
		await caughtUp(ben);
		for (const live of [gone, ben.live]) {
			expect(heardOf({ live }).filter((revision) => revision >= removedAt)).toEqual([]);
		}
	});

	test('a process that was frozen meanwhile tells nobody who was removed what happens then', async () => {
		process.kill(there.pid, 'SIGSTOP');
		try {
			await remove(); // it does not wait for who does not answer
			await spend(ana.api);
		} finally {
			process.kill(there.pid, 'SIGCONT');
		}
		const last = await revisionNow();
		await until(dora, last);
		await caughtUp(ben);
		expect(heardOf(ben).filter((revision) => revision >= last - 1)).toEqual([]);
	});
});

test('each of them ends cleanly when it is told to', async () => {
	for (const server of [worker, here, there]) {
		expect(await server.end('SIGTERM')).toEqual({ code: 0, signal: null });
		expect(server.log.filter(({ level }) => level >= 50)).toEqual([]);
		expect(server.noise).toEqual([]);
	}
});
