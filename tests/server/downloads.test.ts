/** Exports that jobs write: what comes of them, whose they are, and what is left of them. Here the tests run the jobs. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { onDead } from '#jobs/index.ts';
import { identify, type Identity } from '#server/auth/identify.ts';
import { inTx } from '#server/db/client.ts';
import { readExport } from '#server/downloads/read.ts';
import { runExport } from '#server/downloads/run.ts';
import { keepHouse } from '#server/housekeeping.ts';
import { rotateSession } from '#server/sessions/rotate.ts';
import { startSession } from '#server/sessions/start.ts';
import { apiOf, refusal, type Api } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { exported } from '../support/exports.ts';
import { makeGroup } from '../support/group.ts';
import type { Person } from '../support/person.ts';

const quits = await startTestApp({ work: false });
const { app } = quits;
const { db } = app;
const directory = join(app.config.dataDir, 'exports');

let ana: Person;
const rows = 5100;
beforeAll(async () => {
	ana = await quits.meet('Ana');
	const { id: account } = await ana.api.accounts.create.mutate({ name: 'Giro', currency: 'EUR' });
	await db.$executeRaw`
		WITH RECURSIVE "Row"("n") AS (SELECT 1 UNION ALL SELECT "n" + 1 FROM "Row" WHERE "n" < ${rows})
		INSERT INTO "Transaction" ("id", "userId", "accountId", "date", "amount", "currency", "description", "merchant",
			"merchantKey", "search", "fingerprint", "occurrence")
		SELECT '00000000-0000-7000-8000-' || CAST(100000000000 + "n" AS TEXT), ${ana.id}, ${account}, '2026-01-02', -"n",
			'EUR', 'Tea ' || CAST("n" AS TEXT), 'Tea', 'tea', 'tea ' || CAST("n" AS TEXT), CAST("n" AS TEXT), 1
		FROM "Row"`;
});
beforeEach(() => db.export.deleteMany());

const missing = { code: 'NOT_FOUND' };

type Asked = Awaited<ReturnType<Api['exports']['create']['mutate']>>;

const ask = (file = 'transactions.csv', query = '', { api } = ana): Promise<Asked> =>
	api.exports.create.mutate({ file, query });

/** Does what the queue would: the job of that export, once. */
async function run(id: string, signal = new AbortController().signal): Promise<void> {
	const jobs = await db.outbox.findMany({ where: { queue: 'export-write' } });
	const job = jobs.find(({ payload }) => (payload as { exportId: string }).exportId === id);
	await runExport(app, id, { id: job?.id ?? v7(), signal });
}

const listed = async ({ api } = ana) => (await api.exports.list.query()).items;
const one = async (id: string) => (await listed()).find((item) => item.id === id);
const files = (): string[] => (existsSync(directory) ? readdirSync(directory) : []);
const whose = async (token = ana.token): Promise<Identity> => (await identify(db, token))!;

async function taken(id: string, token?: string): Promise<Buffer> {
	const { pieces } = await readExport(app, await whose(token), id);
	return Buffer.concat(await Array.fromAsync(pieces));
}

/** Another session of the same person. */
async function anotherSession({ id }: Person): Promise<string> {
	const user = await db.user.findUniqueOrThrow({ where: { id } });
	return (await inTx(db, (tx) => startSession(tx, user, { userAgent: 'tests', address: '' }))).token;
}

test('a job writes the very file that is streamed, and its page hears how far it is', async () => {
	const { id, ...asked } = await ask('transactions.csv', '?q=tea');
	expect(asked).toMatchObject({
		status: 'queued',
		filename: 'transactions.csv',
		query: 'q=tea',
		expiresAt: null
	});
	await expect(taken(id)).rejects.toMatchObject(missing);
	await run(id);
	const done = (await one(id))!;
	expect(done).toMatchObject({ status: 'done', rowsDone: rows, rowsTotal: rows, errorCode: null });
	expect(Date.parse(done.expiresAt!) - Date.parse(done.finishedAt!)).toBe(86_400_000);
	const bytes = await exported(db, ana, 'transactions.csv', { query: { q: 'tea' } });
	expect(done.size).toBe(bytes.length);
	expect((await taken(id)).equals(bytes)).toBe(true);
	expect(files()).toEqual([id]);
	await ana.live.until('export:progress', (event) => event.exportId === id && event.status === 'done');
	const heard = ana.live.all('export:progress').filter((event) => event.exportId === id);
	expect(heard.map(({ status }) => status)).toEqual(expect.arrayContaining(['queued', 'writing', 'done']));
	const revisions = heard.map(({ revision }) => revision);
	expect(revisions).toEqual([...revisions].sort((a, b) => a - b));
	expect(await db.outbox.count({ where: { queue: 'export-write' } })).toBe(0);
});

test('it is of the session that asked for it, also when that is renewed, and of no other', async () => {
	const { id } = await ask();
	await run(id);
	const ben = await quits.meet('Ben');
	const elsewhere = await anotherSession(ana);
	for (const token of [ben.token, elsewhere]) {
		const api = apiOf(app, { token });
		await expect(taken(id, token)).rejects.toMatchObject(missing);
		expect(await refusal(api.exports.cancel.mutate({ id }))).toMatchObject(missing);
		expect(await refusal(api.exports.remove.mutate({ id }))).toMatchObject(missing);
		expect((await api.exports.list.query()).items).toEqual([]);
	}
	const cem = await quits.meet('Cem');
	const { id: his } = await ask('transactions.csv', '', cem);
	await run(his);
	const { by } = await whose(cem.token);
	if (by.kind !== 'session') throw new Error('it is a session');
	const { token } = await inTx(db, (tx) => rotateSession(tx, app, by.session));
	expect((await taken(his, token)).toString()).toMatch(/^date,/);
	await apiOf(app, { token }).auth.logout.mutate();
	expect(await db.export.count({ where: { id: his } })).toBe(0);
});

test('what was cut short begins again, and leaves nothing lying', async () => {
	const { id } = await ask();
	// As a process leaves it that was killed: half a file, and the row says that somebody writes it.
	const dead = v7();
	mkdirSync(directory, { recursive: true });
	writeFileSync(join(directory, `new-${id}-${dead}`), 'half');
	await db.export.update({ where: { id }, data: { status: 'writing', runId: dead, rowsDone: 4000 } });
	await run(id);
	expect(files().filter((name) => name.includes(id))).toEqual([id]);
	expect(await taken(id)).toHaveLength((await one(id))!.size);
	// A second call of the same job finds nothing to do.
	await run(id);
	expect((await one(id))!.status).toBe('done');
});

test('cancelled, it stops and is gone from the disk; removed, it is gone from the list', async () => {
	const { id } = await ask('transactions.pdf');
	const running = run(id);
	await ana.live.until('export:progress', (event) => event.exportId === id && event.status === 'writing');
	expect(await ana.api.exports.cancel.mutate({ id })).toMatchObject({ status: 'cancelled' });
	await running;
	expect(files()).not.toContain(id);
	expect(files().filter((name) => name.includes(id))).toEqual([]);
	expect(await refusal(ana.api.exports.cancel.mutate({ id }))).toMatchObject({ reason: 'export_ended' });
	await expect(taken(id)).rejects.toMatchObject(missing);
	await ana.api.exports.remove.mutate({ id });
	expect(await listed()).toEqual([]);
	const { id: other } = await ask();
	await run(other);
	await ana.api.exports.remove.mutate({ id: other });
	expect(files()).not.toContain(other);
});

test('it ends with the session, and with the membership it is of', async () => {
	const dora = await quits.meet('Dora');
	const { id: groupId, member } = await makeGroup(app, [ana, dora]);
	const { id } = await ask(`groups/${groupId}.csv`, '', dora);
	await run(id);
	expect(await taken(id, dora.token)).not.toHaveLength(0);
	const { id: late } = await ask(`groups/${groupId}.xlsx`, '', dora);
	await ana.api.members.remove.mutate({ groupId, memberId: member('Dora') });
	await run(late);
	const [failed] = await listed(dora);
	expect(failed).toMatchObject({ id: late, status: 'failed', errorCode: 'not_found' });
	await expect(taken(id, dora.token)).rejects.toMatchObject(missing);
	expect(await refusal(ask(`groups/${groupId}.csv`, '', dora))).toMatchObject(missing);

	const { id: idle } = await ask('transactions.csv', '', dora);
	await db.session.updateMany({ where: { userId: dora.id }, data: { lastSeenAt: new Date(0) } });
	await run(idle);
	expect(await db.export.findUnique({ where: { id: idle } })).toMatchObject({ errorCode: 'signed_out' });
});

test('nobody has more than three on the way, and the oldest make way', async () => {
	const few = () => ask('transactions.csv', 'from=2030-01-01');
	const three = [await few(), await few(), await few()];
	expect(await refusal(few())).toMatchObject({
		code: 'CONFLICT',
		reason: 'exports_running',
		httpStatus: 409
	});
	for (const { id } of three) await run(id);
	const later: string[] = [];
	for (let n = 0; n < 5; n++) {
		const { id } = await few();
		await run(id);
		later.push(id);
	}
	const ids = (await listed()).map(({ id }) => id);
	expect(ids).toEqual([...later.reverse(), ...three.map(({ id }) => id).reverse()].slice(0, 8));
	for (const id of ids) await ana.api.exports.remove.mutate({ id });
	expect(files().filter((name) => three.some(({ id }) => name === id))).toEqual([]);
});

test('what cannot be written says why; what keeps breaking is given up', async () => {
	expect(await refusal(ask('nothing.csv'))).toMatchObject(missing);
	expect(await refusal(ask('transactions.csv', 'from=soon'))).toMatchObject({ code: 'INVALID' });
	const { id } = await ask();
	const long = new AbortController();
	long.abort();
	await run(id, long.signal);
	expect(await one(id)).toMatchObject({ status: 'failed', errorCode: 'export_too_long' });
	const { id: dead } = await ask();
	await inTx(db, (tx) => onDead['export-write'](tx, { exportId: dead, userId: ana.id }, 'it broke'));
	expect(await one(dead)).toMatchObject({ status: 'failed', errorCode: 'export_broken' });
});

test('everything of a person can be prepared too, for whoever has just shown who they are', async () => {
	const emil = await quits.meet('Emil');
	const { id } = await ask('everything.zip', '', emil);
	// By the time that it is written and taken, that may be long ago.
	await db.session.updateMany({ where: { userId: emil.id }, data: { provedAt: new Date(0) } });
	await run(id);
	expect((await taken(id, emil.token)).subarray(0, 2).toString()).toBe('PK');
	expect((await listed(emil))[0]).toMatchObject({ status: 'done', rowsTotal: null });
	expect(await refusal(ask('everything.zip', '', emil))).toMatchObject({ code: 'STEP_UP_REQUIRED' });
});

test('the night takes what has run out, and files that are nobody’s', async () => {
	const [old, kept, writing] = [await ask(), await ask(), await ask('transactions.pdf')];
	for (const { id } of [old, kept]) await run(id);
	await db.export.update({ where: { id: old.id }, data: { expiresAt: new Date() } });
	await expect(taken(old.id)).rejects.toMatchObject(missing);
	const [runId, stray] = [v7(), v7()];
	await db.export.update({ where: { id: writing.id }, data: { status: 'writing', runId } });
	const left = [`new-${writing.id}-${runId}`, `new-${writing.id}-${stray}`, stray, 'notes.txt'];
	for (const name of left) writeFileSync(join(directory, name), 'something');
	await keepHouse(app, v7());
	expect(files().sort()).toEqual([kept.id, `new-${writing.id}-${runId}`, 'notes.txt'].sort());
	expect((await listed()).map(({ id }) => id).sort()).toEqual([kept.id, writing.id].sort());
	// Missing here, it may be on another machine.
	await keepHouse(app, v7(), new Date(Date.now() + 2 * 86_400_000));
	expect(readFileSync(join(directory, 'notes.txt'), 'utf8')).toBe('something');
	expect(files()).not.toContain(kept.id);
});

test('how much there is decides what is long', async () => {
	expect(await ana.api.exports.weigh.query({ of: 'transactions' })).toEqual({
		csv: { rows, long: false },
		xlsx: { rows, long: false },
		pdf: { rows, long: true }
	});
	const some = await ana.api.exports.weigh.query({ of: 'transactions', query: '?q=tea+5099' });
	expect(some.pdf).toEqual({ rows: 1, long: false });
	expect((await ana.api.exports.weigh.query({ of: 'budgets' })).pdf).toEqual({ rows: null, long: false });
});
