import { expect, test } from 'vitest';
import { connectLive } from '../support/live.ts';
import { startTestApp } from '../support/app.ts';
import { importStatement, settled, transactionsOf } from '../support/person.ts';
import { bookings, statement } from '../support/statement.ts';

const quits = await startTestApp();

test('every socket of a person hears of each step in order, ending in done', async () => {
	const ana = await quits.meet('Ana');
	const secondTab = await connectLive(quits.url, { token: ana.token, transport: 'polling' });
	const { id } = await importStatement(ana, statement(bookings(3500)));
	for (const live of [ana.live, secondTab]) {
		await live.until('notification:new');
		await live.until('upload:done');
		const steps = live
			.all('upload:progress')
			.map(({ uploadId, status, rowsDone }) => ({ uploadId, status, rowsDone }));
		expect(steps).toEqual([
			{ uploadId: id, status: 'reading', rowsDone: 0 },
			...[0, 1000, 2000, 3000, 3500].map((rowsDone) => ({ uploadId: id, status: 'importing', rowsDone }))
		]);
		expect(live.all('upload:done')).toMatchObject([
			{
				uploadId: id,
				status: 'done',
				rowsTotal: 3500,
				rowsDone: 3500,
				imported: 3500,
				duplicates: 0,
				rejected: 0
			}
		]);
		expect(live.all('notification:new')).toMatchObject([{ kind: 'upload_done', unread: 1 }]);
	}
});

test('nobody else hears of it', async () => {
	const ana = await quits.meet('Ana');
	const ben = await quits.meet('Ben');
	// Ben hears of what is his, on the very socket that is to stay silent.
	const own = await importStatement(ben, statement(bookings(10)));
	await ben.live.until('notification:new');
	const heard = ben.live.heard.length;
	expect(heard).toBeGreaterThan(3);

	await importStatement(ana, statement(bookings(2500)));
	await ana.live.until('notification:new');
	// Events keep their order, so with this one all that was sent before it has arrived.
	quits.app.live.toUser(ben.id, 'session:revoked', { sessionId: 'the end' });
	await ben.live.until('session:revoked');
	expect(ben.live.heard).toHaveLength(heard + 1);
	expect(ben.live.all('upload:done').map(({ uploadId }) => uploadId)).toEqual([own.id]);
});

test('whoever loads the page in the middle of an import sees the truth, and the rest of it live', async () => {
	const ana = await quits.meet('Ana');
	const id = await ana.send(statement(bookings(12_000, { perDay: 10 })));
	for (const rows of [1000, 4000, 8000]) {
		const event = await ana.live.until('upload:progress', (e) => e.uploadId === id && e.rowsDone >= rows);
		const loaded = await ana.api.uploads.get.query({ id });
		expect(loaded.rowsTotal).toBe(12_000);
		expect(loaded.rowsDone).toBeGreaterThanOrEqual(event.rowsDone);
		expect(loaded.imported).toBe(loaded.rowsDone);
		const count = await quits.app.db.transaction.count({ where: { uploadId: id } });
		expect(count).toBeGreaterThanOrEqual(loaded.imported);
	}
	const reloaded = await connectLive(quits.url, { token: ana.token });
	const rest = reloaded.until('upload:done', (event) => event.uploadId === id);
	const { status } = await ana.api.uploads.get.query({ id });
	if (status !== 'done') expect(await rest).toMatchObject({ status: 'done', imported: 12_000 });
	expect(await settled(ana, id)).toMatchObject({ status: 'done', imported: 12_000 });
	expect(await transactionsOf(ana)).toHaveLength(12_000);
});

test('an event is sent only once its change can be read', async () => {
	const ana = await quits.meet('Ana');
	const read: Promise<boolean>[] = [];
	ana.live.socket.on('upload:progress', ({ uploadId, status, rowsDone }) => {
		read.push(
			ana.api.uploads.get
				.query({ id: uploadId })
				.then((now) => now.rowsDone >= rowsDone && now.status !== 'queued' && status !== 'queued')
		);
	});
	ana.live.socket.on('notification:new', ({ id }) => {
		read.push(ana.api.notifications.list.query().then(({ items }) => items.some((item) => item.id === id)));
	});
	await importStatement(ana, statement(bookings(2500)));
	await ana.live.until('notification:new');
	const seen = await Promise.all(read);
	expect(seen.length).toBeGreaterThan(4);
	expect(seen.every(Boolean)).toBe(true);
});
