import { existsSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { beforeAll, expect, test } from 'vitest';
import { identify } from '#server/auth/identify.ts';
import { keepHouse } from '#server/housekeeping.ts';
import { writeAside } from '#server/receipts/files.ts';
import * as endpoint from '../../src/routes/api/groups/[groupId]/expenses/[expenseId]/receipt/+server.ts';
import { startTestApp } from '../support/app.ts';
import { makeGroup, type TestGroup } from '../support/group.ts';
import type { Person } from '../support/person.ts';

const quits = await startTestApp();
const { app } = quits;
const directory = join(app.config.dataDir, 'receipts');
const ana = await quits.meet('Ana');
const ben = await quits.meet('Ben');
const eve = await quits.meet('Eve');
let flat: TestGroup;
beforeAll(async () => {
	flat = await makeGroup(app, [ana, ben]);
});

type Event = Parameters<typeof endpoint.GET>[0];
type Params = { groupId?: string; expenseId: string };

/** A call as it comes out of the hooks: with who is asking. */
async function call(
	method: 'GET' | 'POST' | 'DELETE',
	who: Person | null,
	{ groupId = flat.id, expenseId }: Params,
	file?: Uint8Array<ArrayBuffer>
): Promise<Response> {
	const body = new FormData();
	if (file) body.set('file', new File([file], 'IMG_1.exe', { type: 'text/html' }));
	const identifyAgain = async () => (who ? identify(app.db, who.token) : null);
	const event = {
		request: new Request('http://quits.test/', { method, ...(file && { body }) }),
		params: { groupId, expenseId },
		locals: { locale: 'en', identity: await identifyAgain(), identifyAgain }
	};
	return endpoint[method](event as unknown as Event);
}

const text = (value: string) => new TextEncoder().encode(value);
const pdf = text('%PDF-1.7 the bill');
const gif = text('GIF89a the bill');
const dinner = async () => (await ana.api.expenses.create.mutate(flat.expense())).id;
const reasonOf = async (response: Response) => ((await response.json()) as { reason: string }).reason;

test('a receipt is kept, shown to members only, replaced, and taken away', async () => {
	const expenseId = await dinner();
	expect((await call('GET', ana, { expenseId })).status).toBe(404);
	const sent = await call('POST', ben, { expenseId }, gif);
	expect([sent.status, await sent.json()]).toEqual([201, { receiptType: 'image/gif' }]);
	expect(await flat.lastChange()).toMatchObject({ kind: 'receipt_added', actorId: flat.member('Ben') });
	expect(await ana.api.expenses.get.query({ id: expenseId })).toMatchObject({
		receiptType: 'image/gif',
		version: 1
	});
	const shown = await call('GET', ana, { expenseId });
	expect(new Uint8Array(await shown.arrayBuffer())).toEqual(gif);
	expect(Object.fromEntries(shown.headers)).toMatchObject({
		'content-type': 'image/gif',
		'content-disposition': 'inline',
		'x-content-type-options': 'nosniff',
		'content-security-policy': "default-src 'none'; sandbox"
	});

	await call('POST', ana, { expenseId }, pdf);
	const replaced = await call('GET', ben, { expenseId });
	expect(await replaced.text()).toBe('%PDF-1.7 the bill');
	expect(replaced.headers.get('content-type')).toBe('application/pdf');
	expect(replaced.headers.get('content-disposition')).toMatch(/^attachment/);

	const revision = await flat.revision();
	expect((await call('DELETE', ben, { expenseId })).status).toBe(204);
	expect((await call('DELETE', ben, { expenseId })).status).toBe(204);
	expect(await flat.revision()).toBe(revision + 1);
	expect((await call('GET', ana, { expenseId })).status).toBe(404);
	expect(existsSync(join(directory, expenseId))).toBe(false);
});

test('nobody else gets or changes anything, with ids swapped in every position', async () => {
	const expenseId = await dinner();
	await call('POST', ana, { expenseId }, gif);
	const hers = await makeGroup(app, [eve]);
	const own = (await eve.api.expenses.create.mutate(hers.expense())).id;
	for (const method of ['GET', 'POST', 'DELETE'] as const) {
		const file = method === 'POST' ? pdf : undefined;
		expect((await call(method, null, { expenseId }, file)).status).toBe(401);
		expect((await call(method, eve, { expenseId }, file)).status).toBe(404);
		expect((await call(method, eve, { groupId: hers.id, expenseId }, file)).status).toBe(404);
		expect((await call(method, eve, { groupId: flat.id, expenseId: own }, file)).status).toBe(404);
		expect((await call(method, ana, { expenseId: '../quits.db' }, file)).status).toBe(404);
	}
	expect(await (await call('GET', ben, { expenseId })).text()).toBe('GIF89a the bill');
	expect(readdirSync(directory).filter((name) => name.startsWith('new-'))).toEqual([]);
});

test('what is no receipt is refused with the reason', async () => {
	const expenseId = await dinner();
	const send = (file?: Uint8Array<ArrayBuffer>) => call('POST', ana, { expenseId }, file);
	const svg = await send(text('<svg onload="alert(1)"/>'));
	expect([svg.status, await reasonOf(svg)]).toEqual([415, 'receipt_type']);
	const cut = await send(new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 200]));
	expect([cut.status, await reasonOf(cut)]).toEqual([415, 'receipt_broken']);
	const large = new Uint8Array(10 * 1024 ** 2 + 1);
	large.set(pdf);
	const much = await send(large);
	expect([much.status, await reasonOf(much)]).toEqual([413, 'receipt_too_large']);
	expect((await send(large.slice(0, -1))).status).toBe(201);
	const nothing = await send();
	expect([nothing.status, await reasonOf(nothing)]).toEqual([422, 'no_receipt']);
});

test('of ten sent at once one is kept, whole, and nothing is left lying', async () => {
	const expenseId = await dinner();
	const files = Array.from({ length: 10 }, (_, n) => text(`GIF89a ${String(n).repeat(50_000)}`));
	const answers = await Promise.all(files.map((file) => call('POST', ana, { expenseId }, file)));
	expect(answers.every(({ status }) => status === 201)).toBe(true);
	const kept = await (await call('GET', ana, { expenseId })).text();
	expect(files.map((file) => new TextDecoder().decode(file))).toContain(kept);
	expect(readdirSync(directory).filter((name) => name.startsWith('new-'))).toEqual([]);
});

test('files that belong to nothing go at night: of dead processes, and of expenses that are purged', async () => {
	const [kept, purged, unsaid] = [await dinner(), await dinner(), await dinner()];
	await call('POST', ana, { expenseId: kept }, gif);
	await call('POST', ana, { expenseId: purged }, gif);
	const aside = await writeAside(app.config, unsaid, gif); // it died before anything was said
	await (await writeAside(app.config, unsaid, gif)).keep(); // it died before the commit
	await ana.api.expenses.remove.mutate({ id: purged });
	const long = new Date(Date.now() - 31 * 86_400_000);
	await app.db.expense.update({ where: { id: purged }, data: { deletedAt: long } });
	await keepHouse(app, v7());
	expect(await app.db.expense.count({ where: { id: purged } })).toBe(0);
	expect(readdirSync(directory)).toContain(unsaid); // it could still be on its way
	for (const name of readdirSync(directory)) utimesSync(join(directory, name), long, long);
	await keepHouse(app, v7());
	const left = readdirSync(directory);
	expect(left).toContain(kept);
	expect(left).not.toContain(purged);
	expect(left).not.toContain(unsaid);
	expect(left.filter((name) => name.startsWith('new-'))).toEqual([]);
	await aside.drop();
});
