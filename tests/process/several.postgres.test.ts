import { beforeAll, expect, test } from 'vitest';
import { apiAt, refusal } from '../support/api.ts';
import { connectLive } from '../support/live.ts';
import { migratedDatabase, tempDirectory } from '../support/db.ts';
import { importStatement, settled } from '../support/person.ts';
import { signUp, startServer, visit, type Server } from '../support/server.ts';
import { bookings, statement } from '../support/statement.ts';

// Two web processes and a worker on one Postgres, each with a directory of its own as if on machines of their own.
let here: Server;
let there: Server;
let worker: Server;
beforeAll(async () => {
	const { databaseUrl } = await migratedDatabase();
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

test('each of them ends cleanly when it is told to', async () => {
	for (const server of [worker, here, there]) {
		expect(await server.end('SIGTERM')).toEqual({ code: 0, signal: null });
		expect(server.log.filter(({ level }) => level >= 50)).toEqual([]);
		expect(server.noise).toEqual([]);
	}
});
