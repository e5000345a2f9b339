/** What the built server says when a request makes no sense, and when it cannot answer: nothing about its inside. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { beforeAll, expect, test } from 'vitest';
import { isPostgres } from '#server/db/client.ts';
import { execute } from '../support/catalog.ts';
import { migratedDatabase } from '../support/db.ts';
import type { Person } from '../support/person.ts';
import { signUp, startServer, type Server } from '../support/server.ts';

let config: Awaited<ReturnType<typeof migratedDatabase>>;
let server: Server;
let ana: Person;

beforeAll(async () => {
	config = await migratedDatabase();
	server = await startServer(config);
	ana = await signUp(server, 'Ana');
});

const tellsNothing = (text: string): void =>
	expect(text).not.toMatch(
		/node_modules|at .*\(|\.ts\b|\.js:\d|prisma|sqlite|postgres|SELECT|stack|ENOENT|errno/i
	);

test('requests that make no sense are refused without a word about the inside', async () => {
	const { port } = new URL(server.url);
	const requests = [
		'GET /%E0%A4%A HTTP/1.1\r\nHost: x\r\n',
		'GET /api/trpc/auth.me?input=%7Bbroken HTTP/1.1\r\nHost: x\r\n',
		'GET /api/trpc/%00 HTTP/1.1\r\nHost: x\r\n',
		'GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n',
		'GET /_app/..%2f..%2f..%2fpackage.json HTTP/1.1\r\nHost: x\r\n',
		'PUT /api/trpc/auth.me HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n',
		'TRACE / HTTP/1.1\r\nHost: x\r\n',
		'NONSENSE / HTTP/1.1\r\nHost: x\r\n',
		'GET / HTTP/1.1\r\nHost: x\r\nbad header\r\n',
		'GET / HTTP/1.1\r\nHost: [[[\r\n',
		'GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n',
		`GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n`,
		'GET /socket.io/?EIO=4&transport=nonsense HTTP/1.1\r\nHost: x\r\n',
		'GET /socket.io/?EIO=4&transport=polling&sid=nonsense HTTP/1.1\r\nHost: x\r\n',
		'POST /api/trpc/auth.login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n'
	];
	for (const lines of requests) {
		const socket = connect(Number(port), '127.0.0.1');
		await once(socket, 'connect');
		let text = '';
		socket.on('data', (data) => (text += data.toString()));
		socket.on('error', () => undefined);
		socket.write(`${lines}Connection: close\r\n\r\n`);
		await once(socket, 'close');
		expect({ lines, ok: /^HTTP\/1\.1 (200|[345]\d\d)/.test(text) }).toEqual({ lines, ok: true });
		tellsNothing(text.replace(/<script[\s\S]*?<\/script>|<link[^>]*>|^link:.*$/gim, ''));
	}
	expect(await ana.api.auth.me.query()).toMatchObject({ name: 'Ana' });
	expect(server.log.filter(({ level }) => level >= 50)).toEqual([]);
	expect(server.noise).toEqual([]);
});

test('when the database fails, pages and calls say that something went wrong, and an id', async () => {
	await execute(config, `DROP TABLE "Notification"${isPostgres(config) ? ' CASCADE' : ''}`);
	const headers = { cookie: `quits=${ana.token}` };
	for (const path of ['/', '/api/trpc/notifications.list', '/notifications']) {
		const answer = await fetch(server.url + path, { headers });
		const text = await answer.text();
		expect(answer.status).toBe(500);
		tellsNothing(text.replace(/<script\b[^>]*>[\s\S]*?<\/script>|<link[^>]*>/g, ''));
		expect(text).not.toMatch(/notification".*table|no such table|relation/i);
		const ids = () => server.log.flatMap(({ errorId }) => (typeof errorId === 'string' ? [errorId] : []));
		await expect.poll(() => ids().some((id) => text.includes(id)), { message: path }).toBe(true);
	}
});
