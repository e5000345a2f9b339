import { expect, test } from 'vitest';
import { inTx } from '#server/db/client.ts';
import { startSession } from '#server/sessions/start.ts';
import { startTestApp } from '../support/app.ts';
import { atOnce, connectLive, type Live } from '../support/live.ts';

const quits = await startTestApp();
const { db } = quits.app;

test.each(['websocket', 'polling'] as const)(
	'over %s, a socket needs a session that is alive',
	async (transport) => {
		const ana = await quits.meet('Ana');
		const connect = (options: { token?: string; cookie?: string }) =>
			connectLive(quits.url, { transport, ...options });
		for (const options of [
			{ token: ana.token },
			{ cookie: `quits=${ana.token}` },
			{ cookie: `a=b; quits=${ana.token}` }
		]) {
			expect((await connect(options)).socket.connected).toBe(true);
		}
		for (const options of [
			{},
			{ token: '' },
			{ token: 'x'.repeat(43) },
			{ cookie: 'quits=nothing' },
			{ cookie: `other=${ana.token}` }
		]) {
			await expect(connect(options)).rejects.toThrow('signed_out');
		}
		await db.session.updateMany({ where: { userId: ana.id }, data: { expiresAt: new Date(0) } });
		await expect(connect({ token: ana.token })).rejects.toThrow('signed_out');
	}
);

test.each(['websocket', 'polling'] as const)('over %s, only our own pages may connect', async (transport) => {
	const ana = await quits.meet('Ana');
	const from = (origin: string) => connectLive(quits.url, { transport, origin, token: ana.token });
	expect((await from(quits.url)).socket.connected).toBe(true);
	for (const origin of [
		'https://evil.example',
		'null',
		quits.url.replace('http:', 'https:'),
		`${quits.url}.evil.example`
	]) {
		await expect(from(origin)).rejects.toThrow();
	}
});

test('the sockets of a session are closed within a second of signing out, those of others stay', async () => {
	const ana = await quits.meet('Ana');
	const ben = await quits.meet('Ben');
	const tabs: Live[] = [ana.live];
	for (const transport of ['websocket', 'polling'] as const) {
		tabs.push(await connectLive(quits.url, { token: ana.token, transport }));
	}
	const { token } = await inTx(db, (tx) =>
		startSession(tx, { id: ana.id, role: 'member' }, { userAgent: 'another device', address: '127.0.0.1' })
	);
	const otherDevice = await connectLive(quits.url, { token });

	const asked = performance.now();
	await ana.api.auth.logout.mutate();
	for (const tab of tabs) {
		expect((await tab.closed) - asked).toBeLessThan(atOnce);
		expect(tab.heard).toMatchObject([{ event: 'session:revoked' }]);
	}
	expect([otherDevice.socket.connected, ben.live.socket.connected]).toEqual([true, true]);
	expect([...otherDevice.heard, ...ben.live.heard]).toEqual([]);
});

test('a person has ten sockets at most', async () => {
	const ana = await quits.meet('Ana');
	const ben = await quits.meet('Ben');
	const more = await Promise.allSettled(
		Array.from({ length: 9 }, () => connectLive(quits.url, { token: ana.token }))
	);
	expect(more.every(({ status }) => status === 'fulfilled')).toBe(true);
	await expect(connectLive(quits.url, { token: ana.token })).rejects.toThrow('too_many_sockets');
	expect((await connectLive(quits.url, { token: ben.token })).socket.connected).toBe(true);
	ana.live.socket.disconnect();
	// The server learns of it in its own time, but before anything that is sent afterwards on another socket of hers.
	await expect
		.poll(() =>
			connectLive(quits.url, { token: ana.token }).then(
				(live) => live.socket.connected,
				() => false
			)
		)
		.toBe(true);
});

test('a socket can ask for nothing: events and rooms of its own making do nothing', async () => {
	const ana = await quits.meet('Ana');
	const ben = await quits.meet('Ben');
	const anything = ben.live.socket as unknown as { emit: (event: string, ...args: unknown[]) => void };
	for (const event of ['join', 'subscribe', 'upload:done'])
		anything.emit(event, `user:${ana.id}`, { uploadId: 'x' });
	quits.app.live.toUser(ana.id, 'notification:new', { id: 'a', kind: 'upload_done', unread: 1 });
	await ana.live.until('notification:new');
	quits.app.live.toUser(ben.id, 'notification:new', { id: 'b', kind: 'upload_done', unread: 1 });
	await ben.live.until('notification:new');
	expect(ben.live.heard.map(({ payload }) => payload)).toMatchObject([{ id: 'b' }]);
	expect(ana.live.heard.map(({ payload }) => payload)).toMatchObject([{ id: 'a' }]);
});

test('a message of more than 64 KiB ends its socket and nothing else', async () => {
	const ana = await quits.meet('Ana');
	const ben = await quits.meet('Ben');
	(ana.live.socket as unknown as { emit: (event: string, text: string) => void }).emit(
		'note',
		'x'.repeat(70_000)
	);
	await ana.live.closed;
	expect(ben.live.socket.connected).toBe(true);
	expect((await connectLive(quits.url, { token: ana.token })).socket.connected).toBe(true);
});
