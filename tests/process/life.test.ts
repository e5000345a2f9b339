import { createServer } from 'node:net';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { emptyDatabase, migratedDatabase, tempDirectory } from '../support/db.ts';
import { settled, transactionsOf } from '../support/person.ts';
import { prepareQueueDirectory } from '../support/queue.ts';
import { launchServer, signUp, startServer, visit } from '../support/server.ts';
import { bookings, statement } from '../support/statement.ts';

test('it makes its tables on the first start, and finds them on the second', async () => {
	const config = await emptyDatabase();
	await prepareQueueDirectory(config);
	const first = await startServer(config);
	expect(first.log.filter(({ msg }) => msg === 'migrated the database')).toHaveLength(1);
	const ana = await signUp(first, 'Ana');
	expect(await first.end('SIGTERM')).toEqual({ code: 0, signal: null });
	const second = await startServer(config);
	expect(second.log.filter(({ msg }) => msg === 'migrated the database')).toEqual([]);
	expect(await (await visit(second.url, ana)).api.auth.me.query()).toMatchObject({ name: 'Ana' });
});

test('SIGTERM in the middle of an import ends it within ten seconds, and the next start finishes the import', async () => {
	const config = await migratedDatabase();
	await prepareQueueDirectory(config);
	const server = await startServer(config);
	const ana = await signUp(server, 'Ana');
	const id = await ana.send(statement(bookings(20_000, { perDay: 10 })));
	await ana.live.until('upload:progress', (event) => event.rowsDone > 0);
	const asked = performance.now();
	expect(await server.end('SIGTERM')).toEqual({ code: 0, signal: null });
	expect(performance.now() - asked).toBeLessThan(10_000);
	expect(server.log.filter(({ level }) => level >= 50)).toEqual([]);

	const back = await visit((await startServer(config)).url, ana);
	const now = await back.api.uploads.get.query({ id });
	const upload = now.status === 'done' ? now : await settled(back, id);
	expect(upload).toMatchObject({ status: 'done', imported: 20_000, rowsDone: 20_000 });
	expect(await transactionsOf(back)).toHaveLength(20_000);
	expect((await back.api.notifications.list.query()).items).toHaveLength(1);
});

test.each([
	[{ PORT: 'http', SIGNUP: 'maybe' }, ['PORT', 'SIGNUP']],
	[{ LOG_LEVEL: 'loud' }, ['LOG_LEVEL']],
	[{ RATE_LIMITS: 'off', HOST: '0.0.0.0' }, ['RATE_LIMITS']]
])('a wrong setting stops the start and is named: %o', async (env, names) => {
	const server = await launchServer({ dataDir: tempDirectory() }, env);
	expect(await server.ended).toEqual({ code: 1, signal: null });
	expect(server.log).toHaveLength(1);
	for (const name of names) expect(server.log[0]?.msg).toContain(`${name}: `);
	expect(server.noise).toEqual([]);
});

test('a port that is taken stops the start with a message that names it', async () => {
	const other = createServer().listen(0, '127.0.0.1');
	await once(other, 'listening');
	const { port } = other.address() as { port: number };
	const config = await migratedDatabase();
	await prepareQueueDirectory(config);
	const server = await launchServer(config, { PORT: String(port) });
	expect(await server.ended).toEqual({ code: 1, signal: null });
	expect(JSON.stringify(server.log.at(-1))).toContain(`EADDRINUSE: address already in use 127.0.0.1:${port}`);
	other.close();
});

test('a database that cannot be reached stops the start with a message', async () => {
	const databaseUrl = `postgres://quits:quits@127.0.0.1:${await freePort()}/quits`;
	const server = await launchServer({ dataDir: tempDirectory(), databaseUrl });
	expect(await server.ended).toEqual({ code: 1, signal: null });
	expect(JSON.stringify(server.log.at(-1))).toContain('ECONNREFUSED');
});
