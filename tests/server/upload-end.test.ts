import { expect, test } from 'vitest';
import { refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import {
	ended,
	importStatement,
	notificationsOf,
	openAccount,
	outcome,
	rowsOf,
	transactionsOf
} from '../support/person.ts';
import { bookings, file, monthly, statement, withoutSigns } from '../support/statement.ts';

const quits = await startTestApp();
const { db, queue } = quits.app;

test('cancelling while rows are going in takes every one of them out again', async () => {
	const ana = await quits.meet('Ana');
	await importStatement(ana, statement(bookings(50)));
	const mixed = [
		...bookings(50),
		'some day,Corner Bakery,-1.00',
		...bookings(40_000, { from: '2021-01-01', perDay: 30 })
	];
	const id = await ana.send(statement(mixed));
	const halfway = await ana.live.until('upload:progress', (e) => e.uploadId === id && e.imported >= 2000);
	expect(halfway).toMatchObject({ duplicates: 50, rejected: 1 });
	expect(halfway.imported).toBeLessThan(40_000); // it is in the middle of it
	expect(await ana.api.uploads.cancel.mutate({ id })).toMatchObject({ status: 'cancelled' });
	await queue.idle();

	expect(await transactionsOf(ana)).toHaveLength(50);
	const upload = await ana.api.uploads.get.query({ id });
	expect(outcome(upload)).toEqual({ status: 'cancelled', imported: 0, duplicates: 0, rejected: 0 });
	expect(await rowsOf(ana, id)).toEqual([]);
	expect(
		ana.live.all('upload:done').filter((event) => event.uploadId === id && event.status !== 'cancelled')
	).toEqual([]);
	expect(await db.uploadChunk.count({ where: { uploadId: id } })).toBe(0);
	expect((await notificationsOf(ana)).map(({ kind }) => kind)).toEqual(['upload_done']); // of the first one
});

test.each(['preview', 'needs_mapping'] as const)(
	'an upload that waits (%s) can be cancelled',
	async (status) => {
		const ana = await quits.meet('Ana');
		const preview = status === 'preview';
		const file = preview ? statement(bookings(5)) : withoutSigns(bookings(5));
		const upload = await importStatement(ana, file, { preview });
		expect(upload.status).toBe(status);
		await ana.api.uploads.cancel.mutate({ id: upload.id });
		expect(await ended(ana, upload.id)).toMatchObject({ status: 'cancelled', imported: 0 });
		expect(await refusal(ana.api.uploads.commit.mutate({ id: upload.id }))).toMatchObject({
			code: 'CONFLICT'
		});
		expect(await db.uploadChunk.count({ where: { uploadId: upload.id } })).toBe(0);
	}
);

test('undoing takes out what the upload brought, and nothing else', async () => {
	const ana = await quits.meet('Ana');
	const days = bookings(60);
	await importStatement(ana, statement(days.slice(0, 40)));
	const second = await importStatement(ana, statement(days.slice(20)));
	expect(second).toMatchObject({ imported: 20, duplicates: 20 });
	await ana.api.uploads.undo.mutate({ id: second.id });
	expect((await transactionsOf(ana)).map(({ date }) => date).reverse()).toEqual(
		days.slice(0, 40).map(({ date }) => date)
	);
	expect(await ana.api.uploads.get.query({ id: second.id })).toMatchObject({ status: 'undone' });
	expect(await rowsOf(ana, second.id, 'imported')).toEqual([]);
});

test('what was undone can be imported again', async () => {
	const ana = await quits.meet('Ana');
	const same = statement(bookings(30));
	const first = await importStatement(ana, same);
	await ana.api.uploads.undo.mutate({ id: first.id });
	expect(await transactionsOf(ana)).toEqual([]);
	const again = await importStatement(ana, same);
	expect(outcome(again)).toEqual({ status: 'done', imported: 30, duplicates: 0, rejected: 0 });
	expect(again.accountId).toBe(first.accountId);
});

test('recurring payments go with the upload that brought them', async () => {
	const ana = await quits.meet('Ana');
	const { id: accountId } = await openAccount(ana, 'Giro');
	const gym = monthly('Iron Gym membership', -2990, { from: '2025-10-03', months: 13 });
	const upload = await importStatement(ana, statement(gym), { accountId });
	expect(await ana.api.recurring.list.query()).toMatchObject([{ cadence: 'monthly', count: 13 }]);
	await ana.api.uploads.undo.mutate({ id: upload.id });
	expect(await ana.api.recurring.list.query()).toEqual([]);
});

test('an upload ends once: what is done can only be undone, what has ended otherwise not even that', async () => {
	const ana = await quits.meet('Ana');
	const { id } = await importStatement(ana, statement(bookings(5)));
	const { cancel, undo } = ana.api.uploads;
	expect(await refusal(cancel.mutate({ id }))).toMatchObject({ code: 'CONFLICT', reason: 'upload_ended' });
	const answers = await Promise.allSettled([1, 2, 3].map(() => undo.mutate({ id })));
	expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
	expect(await refusal(undo.mutate({ id }))).toMatchObject({ code: 'CONFLICT', reason: 'upload_not_done' });
	const failed = await importStatement(ana, file('nothing of use'));
	for (const end of [cancel, undo]) {
		expect(await refusal(end.mutate({ id: failed.id }))).toMatchObject({ code: 'CONFLICT' });
	}
});

test('cancelling at whatever moment leaves nothing behind, or the whole import when it came too late', async () => {
	const ana = await quits.meet('Ana');
	for (const moment of ['queued', 'reading', 'importing'] as const) {
		const id = await ana.send(statement(bookings(1500)));
		if (moment !== 'queued') {
			await ana.live.until('upload:progress', (e) => e.uploadId === id && e.status === moment);
		}
		const cancelled = await ana.api.uploads.cancel.mutate({ id }).then(
			() => true,
			() => false
		);
		await ended(ana, id);
		await queue.idle();
		const upload = await ana.api.uploads.get.query({ id });
		expect(upload.status).toBe(cancelled ? 'cancelled' : 'done');
		expect(await transactionsOf(ana)).toHaveLength(cancelled ? 0 : 1500);
		if (!cancelled) await ana.api.uploads.undo.mutate({ id });
	}
});
