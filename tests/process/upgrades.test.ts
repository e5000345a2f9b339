/** Requests that ask for another protocol, or cannot be read at all: answered or dropped, and never the end of anything. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { beforeAll, expect, test } from 'vitest';
import { migratedDatabase } from '../support/db.ts';
import { connectLive } from '../support/live.ts';
import { signUp, startServer, type Server } from '../support/server.ts';

let server: Server;
beforeAll(async () => {
	server = await startServer(await migratedDatabase());
});

/** Sends a request's head as it is, and says what comes back within a second; nothing when the connection is just closed. */
async function sendRaw(head: readonly string[], { reset = false } = {}): Promise<string> {
	const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
	await once(socket, 'connect');
	let said = '';
	socket.on('data', (chunk) => (said += String(chunk)));
	socket.on('error', () => undefined);
	socket.write(`${head.join('\r\n')}\r\n\r\n`);
	if (reset) {
		await new Promise((resolve) => setTimeout(resolve, 50));
		socket.resetAndDestroy();
		return said;
	}
	const closed = new Promise((resolve) => socket.once('close', resolve));
	await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 1000))]);
	socket.destroy();
	return said;
}

const upgradeTo = (protocol: string, path: string): string[] => [
	`GET ${path} HTTP/1.1`,
	'Host: localhost',
	'Connection: Upgrade',
	`Upgrade: ${protocol}`,
	'Sec-WebSocket-Version: 13',
	'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='
];

const isAlive = async (): Promise<string> => (await fetch(`${server.url}/healthz`)).text();

test.each([
	['a host that is none', ['GET /healthz HTTP/1.1', 'Host: a:b:c']],
	[
		'a host and an origin that are none, to the sockets',
		['GET /socket.io/?EIO=4&transport=polling HTTP/1.1', 'Host: a:b:c', 'Origin: http://a:b:c']
	],
	[
		'the same as a websocket',
		[
			...upgradeTo('websocket', '/socket.io/?EIO=4&transport=websocket').filter((l) => !l.startsWith('Host')),
			'Host: a:b:c',
			'Origin: http://a:b:c'
		]
	]
])('%s is refused', async (_, head) => {
	expect(await sendRaw(head)).toMatch(/^HTTP\/1\.1 4\d\d |^$/);
	expect(await isAlive()).toBe('ok');
});

test.each([
	['HTTP/2 in the clear', upgradeTo('h2c', '/healthz')],
	['a websocket somewhere else', upgradeTo('websocket', '/healthz')]
])('who offers %s gets the ordinary answer', async (_, head) => {
	expect(await sendRaw(head)).toMatch(/^HTTP\/1\.1 200 [^]*ok/);
});

test.each(['websocket', 'h2c'])(
	'an upgrade to %s that is reset in the middle ends nobody else',
	async (protocol) => {
		for (const path of ['/', '/nope', '/socket.io/?EIO=4&transport=websocket']) {
			await sendRaw(upgradeTo(protocol, path), { reset: true });
		}
		expect(await isAlive()).toBe('ok');
		const ana = await signUp(server, protocol);
		expect((await connectLive(server.url, { token: ana.token })).socket.connected).toBe(true);
	}
);

test('after all of this it ends cleanly and at once', async () => {
	const asked = performance.now();
	expect(await server.end('SIGTERM')).toEqual({ code: 0, signal: null });
	expect(performance.now() - asked).toBeLessThan(9000);
	expect(server.log.filter(({ level }) => level >= 50)).toEqual([]);
	expect(server.noise).toEqual([]);
});
