/** The built server against pages of somebody else and lies in headers. */
import { globSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { once } from 'node:events';
import { beforeAll, expect, test } from 'vitest';
import { apiAt, refusal } from '../support/api.ts';
import { migratedDatabase } from '../support/db.ts';
import { connectLive } from '../support/live.ts';
import { signUp, startServer, type Server } from '../support/server.ts';
import type { Person } from '../support/person.ts';

let server: Server;
let ana: Person;
let cookie: string;

beforeAll(async () => {
	server = await startServer(await migratedDatabase());
	ana = await signUp(server, 'Ana');
	cookie = `quits=${ana.token}`;
});

const rename = '/api/trpc/auth.updateProfile';
const evil = 'https://evil.example';

const post = (path: string, body: BodyInit, headers: Record<string, string> = {}): Promise<Response> =>
	fetch(server.url + path, { method: 'POST', body, headers: { cookie, ...headers } });

/** With headers that `fetch` does not let one choose. */
async function raw(method: string, path: string, headers: Record<string, string>, body = '') {
	const asked = httpRequest(server.url + path, { method, headers });
	asked.end(body);
	const [answer] = (await once(asked, 'response')) as [import('node:http').IncomingMessage];
	let text = '';
	for await (const piece of answer) text += String(piece);
	return { status: answer.statusCode, text };
}

const form = (): FormData => {
	const data = new FormData();
	data.set('file', new Blob(['Date,Description,Amount\n2026-01-02,Tea,-3.00\n']), 'giro.csv');
	return data;
};
const json = JSON.stringify({ name: 'Mallory' });

test.each([
	['a form', rename, 'name=Mallory', 'application/x-www-form-urlencoded'],
	['a form with files', '/api/uploads', form(), undefined],
	['text', rename, json, 'text/plain'],
	['JSON', rename, json, 'application/json'],
	['something without a type', rename, new Blob([json]), undefined],
	['a form to sign in by', '/api/trpc/auth.login', 'email=a&password=b', 'application/x-www-form-urlencoded'],
	['a form to a page', '/sign-in', 'email=a', 'application/x-www-form-urlencoded']
])('%s sent by a page of somebody else changes nothing', async (_, path, body, type) => {
	for (const from of [
		{ origin: evil },
		{ origin: 'null' },
		{ 'sec-fetch-site': 'cross-site' },
		{ 'sec-fetch-site': 'same-site' }
	]) {
		const headers = Object.fromEntries([
			...Object.entries(from),
			...(type ? [['content-type', type]] : [])
		]) as Record<string, string>;
		const answer = await post(path, body, headers);
		expect(answer.status).toBe(403);
		expect(await answer.json()).toMatchObject({ code: 'FORBIDDEN', reason: 'cross_origin' });
		expect(answer.headers.get('access-control-allow-origin')).toBeNull();
	}
	expect(await ana.api.auth.me.query()).toMatchObject({ name: 'Ana' });
	expect((await ana.api.uploads.list.query()).items).toEqual([]);
});

test.each([
	['application/x-www-form-urlencoded', 'name=Mallory'],
	[
		'multipart/form-data; boundary=x',
		`--x\r\nContent-Disposition: form-data; name="0"\r\n\r\n${json}\r\n--x--\r\n`
	],
	['text/plain', json],
	['text/plain; application/json', json],
	['', json]
])('a call of the API as "%s" is none, wherever it comes from', async (type, body) => {
	const answer = await post(rename, new Blob([body]), { 'content-type': type });
	expect(answer.status).toBe(415);
	expect(await ana.api.auth.me.query()).toMatchObject({ name: 'Ana' });
});

test('a browser that asks whether it may send from elsewhere is not told that it may', async () => {
	const answer = await fetch(server.url + rename, {
		method: 'OPTIONS',
		headers: {
			origin: evil,
			'access-control-request-method': 'POST',
			'access-control-request-headers': 'content-type'
		}
	});
	expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
});

test.each(['websocket', 'polling'] as const)(
	'a page of somebody else opens no socket over %s',
	async (transport) => {
		for (const origin of [
			evil,
			'null',
			server.url.replace('http:', 'https:'),
			`${server.url}.evil.example`
		]) {
			await expect(connectLive(server.url, { transport, origin, cookie })).rejects.toThrow();
			await expect(connectLive(server.url, { transport, origin, token: ana.token })).rejects.toThrow();
		}
		expect((await connectLive(server.url, { transport, origin: server.url, cookie })).socket.connected).toBe(
			true
		);
	}
);

test('a name of somebody else that leads here (DNS rebinding) opens nothing', async () => {
	const { port } = new URL(server.url);
	for (const host of ['evil.example', `evil.example:${port}`, `localhost.evil.example:${port}`]) {
		const headers = { host, origin: `http://${host}`, cookie, 'content-type': 'application/json' };
		const changed = await raw('POST', rename, headers, json);
		expect(changed).toMatchObject({ status: 403, text: expect.stringContaining('cross_origin') });
		const handshake = await raw('GET', '/socket.io/?EIO=4&transport=polling', headers);
		expect(handshake.status).toBe(403);
	}
	expect(await ana.api.auth.me.query()).toMatchObject({ name: 'Ana' });
});

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
test('a body of the API is no deeper than 32 levels and no longer than 1 MiB', async () => {
	const call = (body: string) => post(rename, body, { 'content-type': 'application/json' });
	for (const [body, status, reason] of [
		[nested(33), 422, 'too_deep'],
		[`{"name":"x","a":${nested(32)}}`, 422, 'too_deep'],
		[nested(300_000), 422, 'too_deep'],
		[JSON.stringify({ name: 'x'.repeat(1024 ** 2) }), 413, 'too_large']
	] as const) {
		const answer = await call(body);
		expect([answer.status, (await answer.json()).reason]).toEqual([status, reason]);
	}
	expect((await call(`{"theme":"dark","a":${nested(31)}}`)).status).toBe(200);
	// Brackets in words are words.
	expect((await call(JSON.stringify({ theme: 'dark', a: '[{"'.repeat(100) }))).status).toBe(200);
});

const pages = globSync('src/routes/**/+page.svelte').map((file) => {
	const isOpen = file.includes('(auth)');
	const path = file.replace(/^src\/routes\/\((app|auth)\)|\/\+page\.svelte$/g, '').replace('[id]', 'nowhere');
	return { path: path || '/', signedIn: !isOpen };
});

test.each([...pages, { path: '/nowhere', signedIn: false }])(
	'$path lets no script run but its own, and nobody frame it',
	async ({ path, signedIn }) => {
		const load = () => fetch(server.url + path, { redirect: 'manual', headers: signedIn ? { cookie } : {} });
		const [answer, again] = [await load(), await load()];
		if (answer.status >= 300 && answer.status < 400) return;
		const html = await answer.text();
		const csp = answer.headers.get('content-security-policy') ?? '';
		const directives = new Map(
			csp.split(/;\s*/).map((line) => [line.split(' ')[0], line.split(' ').slice(1)])
		);
		const scripts = directives.get('script-src') ?? [];
		const nonce = scripts.find((source) => source.startsWith("'nonce-"))?.slice(7, -1);
		expect(nonce).toMatch(/^[\w+/=-]{16,}$/);
		expect(scripts.filter((source) => source !== `'nonce-${nonce}'`)).toEqual(["'self'"]);
		expect(directives.get('frame-ancestors')).toEqual(["'none'"]);
		expect(directives.get('default-src')).toEqual(["'none'"]);
		expect(directives.get('base-uri')).toEqual(["'none'"]);
		expect(directives.get('form-action')).toEqual(["'self'"]);
		expect(again.headers.get('content-security-policy')).not.toContain(nonce);
		// What is marked as data is not run.
		const tags = [...html.matchAll(/<script\b(?! type="application\/json")([^>]*)>/g)].map(
			([, attributes]) => attributes
		);
		expect(tags.length).toBeGreaterThan(0);
		for (const attributes of tags) expect(attributes).toContain(`nonce="${nonce}"`);
		expect(html).not.toMatch(/<[a-z][^>]*\son[a-z]+\s*=/i);
		expect(html).not.toMatch(/javascript:/i);
		expect(Object.fromEntries(answer.headers)).toMatchObject({
			'x-content-type-options': 'nosniff',
			'x-frame-options': 'DENY',
			'referrer-policy': 'same-origin',
			'cache-control': expect.stringMatching(/no-store|private/)
		});
		expect(answer.headers.get('strict-transport-security')).toBeNull();
	}
);

test('with PUBLIC_URL on https, browsers are told to stay there and the cookie is bound to it', async () => {
	const where = await migratedDatabase();
	const publicUrl = 'https://quits.example.org';
	const safe = await startServer(where, { PUBLIC_URL: publicUrl });
	const sent = { email: 'ana@example.org', name: 'Ana', password: 'Ana likes rainy Sundays' };
	const register = (origin: string) =>
		fetch(`${safe.url}/api/trpc/auth.register`, {
			method: 'POST',
			body: JSON.stringify(sent),
			headers: { 'content-type': 'application/json', origin }
		});
	// Once PUBLIC_URL is set, only that is our own page.
	for (const origin of [safe.url, 'http://quits.example.org', 'https://quits.example.org:444', evil]) {
		expect((await register(origin)).status).toBe(403);
	}
	const answer = await register(publicUrl);
	expect(answer.status).toBe(200);
	expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000');
	const session = answer.headers.getSetCookie().find((line) => line.startsWith('__Host-quits='));
	expect(session).toMatch(/; Path=\/(;|$)/);
	for (const part of [/; HttpOnly/, /; Secure/, /; SameSite=Lax/i]) expect(session).toMatch(part);
	expect(session).not.toMatch(/domain/i);
	const [pair = ''] = session!.split(';');
	const me = (header: string) => fetch(`${safe.url}/api/trpc/auth.me`, { headers: { cookie: header } });
	expect((await me(pair)).status).toBe(200);
	// A cookie that a neighbour without encryption could have set is none.
	expect((await me(pair.replace('__Host-', ''))).status).toBe(401);
});

test('who may make the first account is not for a header to say', async () => {
	const register = (url: string, headers: Record<string, string>) =>
		fetch(`${url}/api/trpc/auth.register`, {
			method: 'POST',
			body: JSON.stringify({ email: 'ana@example.org', name: 'Ana', password: 'Ana likes rainy Sundays' }),
			headers: { 'content-type': 'application/json', ...headers }
		});
	const behind = await startServer(await migratedDatabase(), { TRUST_PROXY: 'on' });
	// The proxy nearest to us writes last; what a visitor wrote before it is only a claim.
	for (const claim of ['203.0.113.9', '127.0.0.1, 203.0.113.9', '::1, 127.0.0.1 , 2001:db8::7', 'nonsense']) {
		const answer = await register(behind.url, { 'x-forwarded-for': claim, 'x-quits-address': '127.0.0.1' });
		expect([answer.status, await answer.json()]).toMatchObject([
			403,
			{ error: { data: { reason: 'setup_code' } } }
		]);
	}
	expect(await refusal(apiAt(behind.url, 'none').auth.me.query())).toMatchObject({ reason: 'signed_out' });
	// Where no proxy is trusted, a header makes nobody local: whatever was passed on came from elsewhere.
	const alone = await startServer(await migratedDatabase());
	for (const claim of ['203.0.113.9', '127.0.0.1']) {
		expect((await register(alone.url, { 'x-forwarded-for': claim })).status).toBe(403);
	}
	expect((await register(alone.url, {})).status).toBe(200);
});
