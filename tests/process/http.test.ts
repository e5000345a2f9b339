import { execFileSync } from 'node:child_process';
import { connect } from 'node:net';
import { once } from 'node:events';
import { beforeAll, expect, test } from 'vitest';
import { errorCodes } from '#lib/errors.ts';
import { connectLive } from '../support/live.ts';
import { migratedDatabase } from '../support/db.ts';
import { importStatement, notificationsOf, transactionsOf, type Person } from '../support/person.ts';
import { postStatement, signUp, startServer, type Server } from '../support/server.ts';
import { bookings, file, statement } from '../support/statement.ts';

let server: Server;
let ana: Person;
beforeAll(async () => {
	server = await startServer(await migratedDatabase());
	ana = await signUp(server, 'Ana');
});

const MiB = 1024 ** 2;
const password = 'Ana likes rainy Sundays';
const call = (path: string, init: RequestInit = {}): Promise<Response> => fetch(server.url + path, init);
const post = (path: string, body: BodyInit, headers: Record<string, string> = {}): Promise<Response> =>
	call(path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

async function signIn(headers: Record<string, string> = {}): Promise<Response> {
	return post('/api/trpc/auth.login', JSON.stringify({ email: 'ana@example.org', password }), headers);
}

test('it says that it is up, and ready once the database answers and the queue is up', async () => {
	expect(await (await call('/healthz')).text()).toBe('ok');
	await server.logged(/the queue is up/);
	const ready = await call('/readyz');
	expect([ready.status, await ready.json()]).toEqual([200, { database: true, queue: true }]);
});

test('signing in sets a cookie that only we can read, and that is as good as a bearer token', async () => {
	const answer = await signIn();
	const [cookie = ''] = answer.headers.getSetCookie();
	expect(cookie).toMatch(/^quits=[\w-]{43};/);
	expect(cookie.split('; ').map((part) => part.toLowerCase())).toEqual(
		expect.arrayContaining(['path=/', 'httponly', 'samesite=lax'])
	);
	expect(cookie).not.toMatch(/secure|domain/i);
	const [pair = ''] = cookie.split(';');
	const me = await call('/api/trpc/auth.me', { headers: { cookie: pair } });
	expect(await me.json()).toMatchObject({ result: { data: { name: 'Ana' } } });
	const live = await connectLive(server.url, { cookie: pair });
	expect(live.socket.connected).toBe(true);

	const out = await post('/api/trpc/auth.logout', '{}', { cookie: pair });
	expect(out.headers.getSetCookie()[0]).toMatch(/^quits=;.*(max-age=0|expires=Thu, 01 Jan 1970)/i);
	await live.closed;
	expect((await call('/api/trpc/auth.me', { headers: { cookie: pair } })).status).toBe(401);
});

test('a page of somebody else can change nothing with our cookie', async () => {
	const [pair = ''] = (await signIn()).headers.getSetCookie()[0]!.split(';');
	const rename = (headers: Record<string, string>) =>
		post('/api/trpc/auth.updateProfile', JSON.stringify({ name: 'Ana' }), { cookie: pair, ...headers });
	expect((await rename({ origin: server.url })).status).toBe(200);
	expect((await rename({})).status).toBe(200); // a program with the cookie
	const foreign: Record<string, string>[] = [
		{ origin: 'https://evil.example' },
		{ origin: 'null' },
		{ origin: server.url.replace('http:', 'https:') },
		{ 'sec-fetch-site': 'cross-site' }
	];
	for (const headers of foreign) {
		const answer = await rename(headers);
		expect(answer.status).toBe(403);
		expect(await answer.json()).toMatchObject({ code: 'FORBIDDEN', reason: 'cross_origin' });
	}
});

test('answers carry the headers that protect them', async () => {
	const { headers } = await call('/api/trpc/auth.me', { headers: bearer(ana.token) });
	expect(Object.fromEntries(headers)).toMatchObject({
		'x-content-type-options': 'nosniff',
		'x-frame-options': 'DENY',
		'referrer-policy': 'same-origin',
		'cache-control': 'no-store'
	});
});

type ErrorBody = { error: { message: string; data: { code: string } } };

test.each([
	['a procedure that does not exist', '/api/trpc/no.such', undefined, 404, 'NOT_FOUND'],
	['input that is no JSON', '/api/trpc/auth.login', '{"email":', 400, 'INVALID'],
	['input of the wrong shape', '/api/trpc/auth.login', '{"email":5}', 422, 'INVALID'],
	['a question asked as a change', '/api/trpc/auth.me', '{}', 400, 'INVALID'],
	['nobody signed in', '/api/trpc/uploads.list', undefined, 401, 'FORBIDDEN']
])('%s gets a code of the closed set and no stack', async (_, path, body, status, code) => {
	const answer = body === undefined ? await call(path) : await post(path, body);
	const text = await answer.text();
	const { error } = JSON.parse(text) as ErrorBody;
	expect([answer.status, error.data.code]).toEqual([status, code]);
	expect(errorCodes).toContain(error.data.code);
	expect(text).not.toMatch(/stack|node_modules|\.ts/);
	expect(error.message).toMatch(/\.$/);
});

test('a body of more than 1 MiB is no call of the API', async () => {
	const answer = await post('/api/trpc/auth.login', JSON.stringify({ email: 'x'.repeat(MiB) }));
	expect(answer.status).toBe(413);
	expect(await answer.json()).toMatchObject({ code: 'TOO_LARGE' });
});

const big = (mebibytes: number): string =>
	`Date,Description,Amount\n${'2026-01-01,Shop,-1.00\n'.repeat((mebibytes * MiB) / 22)}`;

test.each([
	['26 MiB', file(big(26.1)), 413, 'TOO_LARGE', /larger than 25 MB/],
	[
		'a picture named .csv',
		{ name: 'giro.csv', bytes: Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]) },
		415,
		'INVALID',
		/not a text file/
	],
	['nothing in it', file(''), 422, 'INVALID', /empty/],
	[
		'NUL bytes',
		file(`Date,Description,Amount\n2026-01-01,\0\0\0,-1.00\n`),
		415,
		'INVALID',
		/not a text file/
	],
	[
		'a workbook',
		{ name: 'giro.xlsx', bytes: new TextEncoder().encode('PK\u0003\u0004......xl/workbook.xml') },
		415,
		'INVALID',
		/XLSX/
	]
])('a file with %s is refused with a reason, and nothing is kept', async (_, bad, status, code, message) => {
	const answer = await postStatement(server.url, ana.token, bad);
	expect(answer).toMatchObject({ status, body: { code } });
	expect(answer.body['message']).toMatch(message);
	expect((await ana.api.uploads.list.query()).items).toEqual([]);
});

const boundary = 'multipart/form-data; boundary=xx';
test.each([
	['no form at all', 'hello', 'text/plain'],
	[
		'a form without a file',
		'--xx\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--xx--\r\n',
		boundary
	],
	[
		'a form that is cut short',
		'--xx\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nDate,De',
		boundary
	],
	['a form without its boundary', 'Date,Description', 'multipart/form-data'],
	['nothing', '', boundary]
])('%s is refused', async (_, body, type) => {
	const answer = await post('/api/uploads', body, { ...bearer(ana.token), 'content-type': type });
	expect(answer.status).toBe(422);
	expect(await answer.json()).toMatchObject({ code: 'INVALID', reason: 'no_file' });
});

test.each([
	['accountId', 'not-an-id', 422, 'bad_account'],
	['accountId', '01a20639-153e-7151-b74d-f6e698209c89', 404, 'not_found'],
	['mapping', '{"columns":[]}', 422, 'file_bad_mapping'],
	['mapping', 'no json', 422, 'file_bad_mapping']
])('a statement sent with %s = %s is refused', async (field, value, status, reason) => {
	const form = new FormData();
	form.set('file', new Blob([statement(bookings(3)).bytes]), 'giro.csv');
	form.set(field, value);
	const answer = await call('/api/uploads', { method: 'POST', body: form, headers: bearer(ana.token) });
	expect([answer.status, (await answer.json()).reason]).toEqual([status, reason]);
	expect((await ana.api.uploads.list.query()).items).toEqual([]);
});

test('nobody uploads without being signed in', async () => {
	const answer = await postStatement(server.url, 'no-such-token', statement(bookings(3)));
	expect(answer).toMatchObject({ status: 401, body: { reason: 'signed_out' } });
});

test('a body that stops halfway neither hangs nor ends the server', async () => {
	const { port } = new URL(server.url);
	const socket = connect(Number(port), '127.0.0.1');
	await once(socket, 'connect');
	socket.write(
		`POST /api/uploads HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${ana.token}\r\nContent-Type: ${boundary}\r\nContent-Length: 5000\r\n\r\n--xx\r\n`
	);
	socket.destroy();
	expect(await (await call('/healthz')).text()).toBe('ok');
});

// What is found only by reading: the upload is taken, and ends with the reason.
test.each([
	['1,000 columns', `${'a,'.repeat(999)}a\n${'1,'.repeat(999)}1\n`],
	[
		'a quotation mark left open over 10 MiB',
		`Date,Description,Amount\n2026-01-01,Shop,-1.00\n2026-01-02,"${'never closed\n'.repeat((10 * MiB) / 13)}`
	],
	['one line of 20 MiB', `Date,Description,Amount\n${'x'.repeat(20 * MiB)}`]
])('a file with %s ends as failed, says why, and leaves nothing', async (_, text) => {
	const upload = await importStatement(ana, file(text));
	expect(upload).toMatchObject({ status: 'failed', imported: 0, rowsDone: 0 });
	expect(upload.errorCode).toMatch(/^file_/);
	expect(upload.error).toMatch(/\.$/);
	expect(await transactionsOf(ana)).toEqual([]);
	expect((await notificationsOf(ana))[0]).toMatchObject({ kind: 'upload_failed', reason: upload.error });
});

test('after all of this it still works, has logged no error of its own, and is not much larger', async () => {
	const upload = await importStatement(ana, statement(bookings(100)));
	expect(upload).toMatchObject({ status: 'done', imported: 100 });
	expect(server.log.filter(({ level }) => level >= 50)).toEqual([]);
	expect(server.noise).toEqual([]);
	// What the threads that read those files had goes back to the system by and by.
	const megabytes = () =>
		Number(execFileSync('ps', ['-o', 'rss=', '-p', String(server.pid)], { encoding: 'utf8' })) / 1024;
	await expect.poll(megabytes, { timeout: 30_000, interval: 500 }).toBeLessThan(700);
});
