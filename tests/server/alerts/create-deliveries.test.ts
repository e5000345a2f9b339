import { afterEach, expect, test } from 'vitest';
import { v7 } from 'uuid';
import { inTx } from '#server/db/client.ts';
import { createDeliveries, type NewDeliveries } from '#server/deliveries/create.ts';
import type { ChosenEvent } from '#lib/webhooks.ts';
import { openTestDb } from '../../support/db.ts';

const { db } = await openTestDb();

afterEach(async () => {
	await db.user.deleteMany();
	await db.outbox.deleteMany();
});

async function person(more: { timeZone?: string; disabledAt?: Date } = {}): Promise<string> {
	const id = v7();
	await db.user.create({
		data: { id, email: `${id}@example.org`, name: 'Ana', passwordHash: 'none', ...more }
	});
	return id;
}

async function endpoint(userId: string, events: ChosenEvent[], disabledAt: Date | null = null) {
	const id = v7();
	await db.webhookEndpoint.create({
		data: { id, userId, url: 'https://example.org', events, secret: 'sealed', disabledAt }
	});
	return id;
}

const missed = (userId: string): NewDeliveries<'recurring.missed'> => ({
	userId,
	source: 'recurring:1:2026-03-01',
	event: 'recurring.missed',
	payload: { recurringId: '1', merchant: 'Gym', date: '2026-03-01' }
});
const deliveriesOf = (userId: string) => db.delivery.findMany({ where: { userId }, orderBy: { id: 'asc' } });
const at = new Date('2026-03-04T21:30:00Z');

test('there is one delivery for each channel, and for each endpoint that asked for the event', async () => {
	const ana = await person();
	const other = await person();
	const asked = await endpoint(ana, ['budget.alert', 'recurring.missed']);
	await endpoint(ana, ['budget.alert']);
	await endpoint(ana, ['recurring.missed'], new Date());
	await endpoint(other, ['recurring.missed']);
	await inTx(db, (tx) => createDeliveries(tx, { ...missed(ana), screen: true, email: true }, at));
	const found = await deliveriesOf(ana);
	const { payload } = missed(ana);
	expect(found).toMatchObject([
		{ channel: 'screen', status: 'delivered', deliveredAt: at, nextAttemptAt: null, payload },
		{ channel: 'email', status: 'waiting', deliveredAt: null, nextAttemptAt: at, payload },
		{ channel: 'webhook', status: 'waiting', endpointId: asked, nextAttemptAt: at, payload }
	]);
	expect(await db.outbox.findMany({ orderBy: { id: 'asc' } })).toMatchObject(
		found.slice(1).map(({ id, channel }) => ({
			queue: channel === 'email' ? 'alert-mail' : 'webhook-send',
			payload: { deliveryId: id },
			dueAt: at
		}))
	);
	expect(await deliveriesOf(other)).toEqual([]);
});

test('an endpoint that is named gets what it never asked for, and no other does', async () => {
	const ana = await person();
	const named = await endpoint(ana, ['budget.alert']);
	await endpoint(ana, ['recurring.missed']);
	await inTx(db, (tx) => createDeliveries(tx, { ...missed(ana), endpointId: named }, at));
	expect(await deliveriesOf(ana)).toMatchObject([{ channel: 'webhook', endpointId: named }]);
});

test('the same told again, and by many at once, is delivered once', async () => {
	const ana = await person();
	await endpoint(ana, ['recurring.missed']);
	const tell = () => inTx(db, (tx) => createDeliveries(tx, { ...missed(ana), screen: true, email: true }));
	await Promise.all(Array.from({ length: 20 }, tell));
	await tell();
	expect(await deliveriesOf(ana)).toHaveLength(3);
	expect(await db.outbox.count()).toBe(2);
	await inTx(db, (tx) => createDeliveries(tx, { ...missed(ana), source: 'recurring:1:2026-04-01' }));
	expect(await deliveriesOf(ana)).toHaveLength(4);
});

test.each([
	['nobody who wants no mail', { email: false }, null],
	['everybody else at once', {}, at],
	['the end of quiet hours', { quietFrom: '22:00', quietUntil: '07:00' }, new Date('2026-03-05T06:00:00Z')],
	['the time of the digest', { digestAt: '08:15' }, new Date('2026-03-05T07:15:00Z')]
])('a mail waits for %s', async (_, channels, nextAttemptAt) => {
	const ana = await person({ timeZone: 'Europe/Berlin' });
	await db.alertChannels.create({ data: { userId: ana, ...channels } });
	await inTx(db, (tx) => createDeliveries(tx, { ...missed(ana), email: true }, at));
	expect(await deliveriesOf(ana)).toMatchObject(nextAttemptAt ? [{ channel: 'email', nextAttemptAt }] : []);
	expect(await db.outbox.findMany()).toMatchObject(nextAttemptAt ? [{ dueAt: nextAttemptAt }] : []);
});

test('a disabled account gets no mail, and a transaction that fails promises nothing', async () => {
	const ana = await person({ disabledAt: at });
	await inTx(db, (tx) => createDeliveries(tx, { ...missed(ana), email: true }, at));
	const failing = inTx(db, async (tx) => {
		await createDeliveries(tx, { ...missed(ana), screen: true });
		throw new Error('something else went wrong');
	});
	await expect(failing).rejects.toThrow('something else');
	expect(await deliveriesOf(ana)).toEqual([]);
	expect(await db.outbox.count()).toBe(0);
});
