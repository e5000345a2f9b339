/** One attempt after another at the same import, made by hand: no queue runs jobs here. */
import { beforeEach, expect, test } from 'vitest';
import type { App } from '#server/app.ts';
import { readStatement } from '#server/uploads/reader.ts';
import { runUpload } from '#server/uploads/run.ts';
import { onDead } from '#jobs/index.ts';
import { inTx } from '#server/db/client.ts';
import { claimDone } from '#server/outbox.ts';
import { refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { notificationsOf, outcome, rowsOf, transactionsOf, type Person } from '../support/person.ts';
import { bookings, statement, withoutSigns } from '../support/statement.ts';

const quits = await startTestApp({ work: false });
const { app } = quits;
const { db } = app;

let ana: Person;
beforeEach(async () => {
	ana = await quits.meet('Ana');
});

const booked = bookings(4500);
const whole = statement([...booked.slice(0, 1500), 'never,Shop,-1.00', ...booked.slice(1500)]);

async function jobOf(uploadId: string): Promise<string> {
	const jobs = await db.outbox.findMany({ where: { queue: 'import-run' }, orderBy: { id: 'desc' } });
	return jobs.find(({ payload }) => (payload as { uploadId: string }).uploadId === uploadId)!.id;
}

/** The app, doing something when an import tells of its nth slice. */
function whenSliceIsTold(nth: number, act: () => void): App {
	let told = 0;
	const toUser: App['live']['toUser'] = (userId, event, payload) => {
		app.live.toUser(userId, event, payload);
		if (event === 'upload:progress' && 'rowsDone' in payload && payload.rowsDone > 0 && ++told === nth) act();
	};
	return { ...app, live: { ...app.live, toUser } };
}

const breakDown = (): never => {
	throw new Error('the process breaks down here');
};

async function expectWhole(id: string): Promise<void> {
	expect(outcome(await ana.api.uploads.get.query({ id }))).toEqual({
		status: 'done',
		imported: 4500,
		duplicates: 0,
		rejected: 1
	});
	const stored = (await transactionsOf(ana)).reverse();
	expect(stored.map(({ date, description }) => `${date} ${description}`)).toEqual(
		booked.map(({ date, text }) => `${date} ${text}`)
	);
	expect((await rowsOf(ana, id)).map(({ line }) => line)).toEqual(
		Array.from({ length: 4501 }, (_, n) => n + 2)
	);
	expect((await notificationsOf(ana)).map(({ kind }) => kind)).toEqual(['upload_done']);
	expect(await db.outbox.count()).toBe(0);
}

test('an attempt that breaks down in the middle is taken up by the next one where it stood', async () => {
	const id = await ana.send(whole);
	const job = await jobOf(id);
	await expect(runUpload(whenSliceIsTold(2, breakDown), id, job)).rejects.toThrow('breaks down');
	const half = await ana.api.uploads.get.query({ id });
	expect(half).toMatchObject({ status: 'importing', rowsDone: 2000, rowsTotal: 4501 });
	await expect(runUpload(whenSliceIsTold(2, breakDown), id, job)).rejects.toThrow('breaks down');
	expect(await ana.api.uploads.get.query({ id })).toMatchObject({ rowsDone: 4000 });
	await runUpload(app, id, job);
	await expectWhole(id);
});

test('an attempt that another one has overtaken writes nothing more', async () => {
	const id = await ana.send(whole);
	const job = await jobOf(id);
	let second: Promise<void> | undefined;
	await runUpload(
		whenSliceIsTold(1, () => (second = runUpload(app, id, job))),
		id,
		job
	);
	expect(second).toBeDefined();
	await second;
	await expectWhole(id);
});

test('a job that is called again after its work is done changes nothing', async () => {
	const id = await ana.send(whole);
	const job = await jobOf(id);
	await runUpload(app, id, job);
	await runUpload(app, id, job);
	await expectWhole(id);
});

test('two attempts that begin at the same moment import once', async () => {
	const id = await ana.send(whole);
	const job = await jobOf(id);
	await Promise.all([runUpload(app, id, job), runUpload(app, id, job)]);
	await expectWhole(id);
});

test('an upload that waits for its person has no job left, and gets one when they answer', async () => {
	const id = await ana.send(withoutSigns(bookings(5)));
	await runUpload(app, id, await jobOf(id));
	expect(await ana.api.uploads.get.query({ id })).toMatchObject({ status: 'needs_mapping' });
	expect(await db.outbox.count()).toBe(0);
	expect(await refusal(ana.api.uploads.commit.mutate({ id }))).toMatchObject({ reason: 'mapping_needed' });
	const { detection } = await ana.api.uploads.detection.query({ id });
	await ana.api.uploads.commit.mutate({ id, mapping: detection!.mapping });
	await runUpload(app, id, await jobOf(id));
	expect(await ana.api.uploads.get.query({ id })).toMatchObject({ status: 'done', imported: 5 });
});

test('an import whose every attempt fails ends as failed, keeps nothing, and says so once', async () => {
	const id = await ana.send(whole);
	const job = await jobOf(id);
	await expect(runUpload(whenSliceIsTold(2, breakDown), id, job)).rejects.toThrow('breaks down');
	expect(await transactionsOf(ana)).not.toEqual([]);
	await inTx(db, async (tx) => {
		expect(await claimDone(tx, job)).toBe(true);
		await onDead['import-run'](tx, { uploadId: id }, 'it broke down');
	});
	const upload = await ana.api.uploads.get.query({ id });
	expect(upload).toMatchObject({ status: 'failed', errorCode: 'upload_broken', imported: 0, rowsDone: 0 });
	expect(upload.error).not.toContain('it broke down');
	expect(await transactionsOf(ana)).toEqual([]);
	expect((await notificationsOf(ana)).map(({ kind }) => kind)).toEqual(['upload_failed']);
	await runUpload(app, id, job); // a frozen attempt wakes up
	expect(await ana.api.uploads.get.query({ id })).toMatchObject({ status: 'failed' });
	expect(await transactionsOf(ana)).toEqual([]);
});

test('a cancelled upload whose job comes late stays cancelled', async () => {
	const id = await ana.send(whole);
	const job = await jobOf(id);
	await ana.api.uploads.cancel.mutate({ id });
	await runUpload(app, id, job);
	expect(await ana.api.uploads.get.query({ id })).toMatchObject({ status: 'cancelled', imported: 0 });
	expect(await db.outbox.count({ where: { queue: 'import-run' } })).toBe(0);
});

test('what a reader thread had ready for an import that broke down does not reach the next import', async () => {
	const id = await ana.send(whole);
	await runUpload(app, id, await jobOf(id));
	const { mapping } = (await ana.api.uploads.detection.query({ id })).detection!;
	const model = await app.models.active();
	const reading = (bytes: Uint8Array) => ({
		bytes,
		mapping,
		fromLine: 0,
		rules: [],
		own: [],
		accountId: id,
		model
	});
	const broken = readStatement(reading(whole.bytes), async () => breakDown());
	await expect(broken).rejects.toThrow('breaks down');
	const lines: string[] = [];
	const other = statement([{ date: '2026-05-05', text: 'The only one', amount: -100 }]);
	await readStatement(reading(other.bytes), async ({ rows }) => {
		lines.push(...(JSON.parse(rows) as unknown[][]).map((row) => String(row[5])));
		return true;
	});
	expect(lines).toEqual(['The only one']);
});
