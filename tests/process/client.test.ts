/** `quits/client` as others use it: packed, installed in a project of its own, and run against the built server. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { DbConfig } from '#server/db/client.ts';
import { createClient } from '../../src/client/index.ts';
import { installClient, type ClientProject } from '../support/client-project.ts';
import { migratedDatabase } from '../support/db.ts';
import { transactionsOf, type Person } from '../support/person.ts';
import { prepareQueueDirectory } from '../support/queue.ts';
import { signUp, startServer, type Server } from '../support/server.ts';
import { bookings, statement } from '../support/statement.ts';

let project: ClientProject;
let database: DbConfig;
let server: Server;
let ana: Person;
beforeAll(async () => {
	project = await installClient();
	database = await migratedDatabase();
	await prepareQueueDirectory(database);
	server = await startServer(database);
	ana = await signUp(server, 'Ana');
	writeFileSync(join(project.directory, 'giro.csv'), statement(bookings(40)).bytes);
});

const as = (token: string) => ({ QUITS_URL: server.url, QUITS_TOKEN: token });

/** What a program that has a client returns. */
async function answer(body: string, token = ana.token): Promise<unknown> {
	const out = await project.script(
		`import { createClient, QuitsError } from 'quits/client';
		const quits = createClient({ url: process.env.QUITS_URL, token: process.env.QUITS_TOKEN });
		const result = await (async () => { ${body} })();
		console.log(JSON.stringify(result));
		quits.close();`,
		as(token)
	);
	return JSON.parse(out) as unknown;
}

test('the package holds the client and its types, none of the server, and needs one other', () => {
	const installed = join(project.directory, 'node_modules/quits');
	const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Record<
		string,
		object
	>;
	expect(Object.keys(manifest['dependencies']!)).toEqual(['socket.io-client']);
	const code = readFileSync(join(installed, 'client.js'), 'utf8');
	const types = readFileSync(join(installed, 'client.d.ts'), 'utf8');
	for (const text of [code, types]) {
		const imports = [...text.matchAll(/^(?:import|export) .*\bfrom ["']([^"']+)["']/gm)].map(
			([, name]) => name
		);
		expect(imports).toEqual(['socket.io-client']);
	}
	expect(code).not.toMatch(/prisma|node:|passwordHash/i);
	expect(code.length).toBeLessThan(100_000);
});

test('the example in docs/api.md imports a statement and waits for it', async () => {
	const [, example] = /## Typed client[\s\S]*?```js\n([\s\S]*?)```/.exec(
		readFileSync('docs/api.md', 'utf8')
	)!;
	expect(example!.trim().split('\n')).toHaveLength(10);
	expect(await project.script(example!, as(ana.token))).toBe('done: 40 new, 0 there already\n');
	expect(await project.script(example!, as(ana.token))).toBe('done: 0 new, 40 there already\n');
	expect(await transactionsOf(ana)).toHaveLength(40);
});

test('a program signs in, looks at a file first, imports it, lists it and downloads it', async () => {
	const result = await answer(
		`const nobody = await quits.auth.me.query().catch((error) => error);
		const { token } = await quits.auth.login.mutate({ email: 'ana@example.org', password: 'Ana likes rainy Sundays' });
		quits.setToken(token);
		const account = await quits.accounts.create.mutate({ name: 'Savings', currency: 'EUR' });
		const heard = new Promise((resolve) => quits.live.on('upload:done', resolve));
		await new Promise((resolve) => quits.live.on('connect', resolve));
		const file = new File(['Date,Description,Amount\\n2031-01-01,=Flower Stall,-3.50\\n'], 'one.csv');
		const { uploadId } = await quits.uploadFile(file, { accountId: account.id, preview: true });
		const { detection } = await new Promise((resolve, reject) => {
			const look = () => quits.uploads.detection.query({ id: uploadId }).then((now) => now.detection && resolve(now), reject);
			quits.live.on('upload:progress', look);
			look();
		});
		await quits.uploads.commit.mutate({ id: uploadId, mapping: detection.mapping });
		const done = await heard;
		const lists = await Promise.all(Array.from({ length: 25 }, () => quits.transactions.list.query({ accountId: account.id })));
		const file2 = await quits.download('/api/exports/transactions.csv?from=2031-01-01&accountId=' + account.id);
		return {
			nobody: nobody.reason, token, uploadId, done, items: lists[24].items,
			type: file2.headers.get('content-type'), name: file2.headers.get('content-disposition'),
			cached: file2.headers.get('cache-control'), csv: await file2.text()
		};`,
		''
	);
	expect(result).toMatchObject({
		nobody: 'signed_out',
		done: { status: 'done', imported: 1, uploadId: (result as { uploadId: string }).uploadId },
		items: [{ amount: -350, currency: 'EUR', description: '=Flower Stall' }],
		type: 'text/csv; charset=utf-8',
		name: 'attachment; filename="transactions_2031-01-01.csv"',
		cached: 'no-store'
	});
	const { csv } = result as { csv: string };
	expect(csv.split('\r\n')[1]).toMatch(/^2031-01-01,-3\.50,EUR,[^,]*,'=Flower Stall,/);
});

test('whatever is refused is an error of one shape', async () => {
	const failing = [
		`quits.transactions.list.query()`,
		`quits.uploadFile({ name: 'a.csv', bytes: 'Date' })`,
		`quits.download('/api/exports/transactions.csv')`,
		`new Promise((_, reject) => quits.live.on('connect_error', reject))`
	];
	const tried = `Promise.all([${failing.join(', ')}].map((call) => call.then(() => null, (error) =>
		({ ours: error instanceof QuitsError, real: error instanceof Error, message: error.message, ...error }))))`;
	const refused = { ours: true, real: true, code: 'FORBIDDEN', reason: 'signed_out', params: {}, fields: {} };
	const all = (await answer(`return ${tried}`, 'no-such-token')) as Record<string, unknown>[];
	expect(all).toMatchObject(failing.map(() => refused));
	expect(new Set(all.map(({ message }) => message)).size).toBe(1);
	expect(all[0]!['message']).toMatch(/\.$/);

	const unreachable = { ours: true, code: 'UNAVAILABLE', reason: 'unreachable' };
	expect(
		await answer(`let quits = createClient({ url: 'http://127.0.0.1:9' });
		const all = await ${tried}; quits.close(); return all;`)
	).toMatchObject(failing.map(() => unreachable));
});

test('an error tells what is wrong with which field, and with which download', async () => {
	const of = (call: string) =>
		answer(`return ${call}.catch(({ code, reason, fields }) => ({ code, reason, fields }))`);
	expect(await of(`quits.accounts.create.mutate({ name: 'x', currency: 'nonsense' })`)).toEqual({
		code: 'INVALID',
		reason: 'invalid',
		fields: { currency: 'currency' }
	});
	expect(await of(`quits.download('/api/exports/transactions.csv?from=yesterday')`)).toMatchObject({
		code: 'INVALID',
		fields: { from: expect.any(String) as string }
	});
	expect(await of(`quits.download('/api/exports/transactions.csv?categoryId=no_such')`)).toMatchObject({
		reason: 'unknown_category'
	});
	expect(await of(`quits.download('/api/exports/nothing.zip')`)).toMatchObject({ code: 'NOT_FOUND' });
	expect(await of(`quits.uploadFile({ name: 'a.csv', bytes: '' })`)).toMatchObject({ code: 'INVALID' });
});

test('the token goes to no other address', async () => {
	expect(
		await answer(`return quits.download('https://evil.example/x').catch((error) => error.message)`)
	).toMatch(/no address of/);
	expect(await answer(`return quits.download('//evil.example/x').catch((error) => error.message)`)).toMatch(
		/no address of/
	);
});

test('what is aborted rejects with the reason of the signal', async () => {
	const result = await answer(
		`const signal = AbortSignal.abort(new Error('changed my mind'));
		const why = (error) => error.message;
		return Promise.all([
			quits.auth.me.query(undefined, { signal }).catch(why),
			quits.download('/api/exports/transactions.csv', { signal }).catch(why)
		]);`
	);
	expect(result).toEqual(['changed my mind', 'changed my mind']);
});

test('a live connection whose session has ended is refused, and stays away', async () => {
	const result = await answer(
		`const { token } = await quits.auth.login.mutate({ email: 'ana@example.org', password: 'Ana likes rainy Sundays' });
		quits.setToken(token);
		const heard = [];
		quits.live.onAny((event) => heard.push(event));
		await new Promise((resolve) => quits.live.on('connect', resolve));
		const refused = new Promise((resolve) => quits.live.on('connect_error', resolve));
		let knocks = 0;
		quits.live.on('connect_error', () => knocks++);
		await quits.auth.logout.mutate();
		const { code, reason } = await refused;
		await new Promise((resolve) => setTimeout(resolve, 2500));
		return { heard, code, reason, knocks };`
	);
	expect(result).toEqual({ heard: ['session:revoked'], code: 'FORBIDDEN', reason: 'signed_out', knocks: 1 });
});

// Last of all: the server is another one afterwards.
test('a live connection comes back after a restart of the server', async () => {
	const quits = createClient({ url: server.url, token: ana.token });
	const connected = () => new Promise<void>((found) => quits.live.once('connect', found));
	await connected();
	const lost = new Promise((found) => quits.live.once('disconnect', found));
	await server.end('SIGTERM');
	expect(await lost).toBe('io server disconnect');
	const back = connected();
	server = await startServer(database, { PORT: new URL(server.url).port });
	await back;
	expect(quits.live.connected).toBe(true);
	quits.close();
});
