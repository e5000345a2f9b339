/** What receivers may do, and what is made of it: attempts by a clock that the test turns. */
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import type { Queues } from '#server/queue/queues.ts';
import { createDeliveries } from '#server/deliveries/create.ts';
import { deliver } from '#server/deliveries/deliver.ts';
import { inTx } from '#server/db/client.ts';
import { keepHouse } from '#server/housekeeping.ts';
import { startTestApp } from '../support/app.ts';
import type { Person } from '../support/person.ts';
import { startReceiver, type Reply } from '../support/receiver.ts';

const quits = await startTestApp({ work: false, env: { EGRESS_ALLOW: 'localhost' } });
const { app } = quits;
const { db } = app;

const second = 1000;
const hour = 3_600_000;
const day = 24 * hour;
const missed = { recurringId: crypto.randomUUID(), merchant: 'Gym', date: '2026-03-01' };

/** Somebody with an endpoint at a receiver of its own. */
async function someone() {
	const person = await quits.meet('Ana');
	const receiver = await startReceiver({ tls: true });
	const { id, secret } = await person.api.webhooks.create.mutate({
		url: receiver.url,
		events: ['recurring.missed']
	});
	return { person, receiver, id, secret };
}

/** Promises to tell somebody of something at a moment. Returns the delivery's id. */
async function tell({ id: userId }: Person, at: Date): Promise<string> {
	const source = crypto.randomUUID();
	await inTx(db, (tx) =>
		createDeliveries(tx, { userId, source, event: 'recurring.missed', payload: missed }, at)
	);
	const { id } = await db.delivery.findFirstOrThrow({ where: { userId }, orderBy: { id: 'desc' } });
	return id;
}

/** What is promised of a delivery: one job at most, with its time. */
async function promised(id: string) {
	const rows = await db.outbox.findMany({ where: { queue: 'webhook-send' } });
	const jobs = rows.map((row) => ({ ...row, payload: row.payload as Queues['webhook-send'] }));
	const [job, ...others] = jobs.filter(({ payload }) => payload.deliveryId === id);
	expect(others).toEqual([]);
	return job;
}

/** Makes the next attempt of a delivery, at its time. Returns that time. */
async function attempt(id: string): Promise<Date> {
	const job = (await promised(id)) ?? expect.fail('nothing is promised');
	await deliver(app, job.payload, job.id, job.dueAt!);
	await db.outbox.deleteMany({ where: { id: job.id } }); // as a worker does where there was nothing to do
	return job.dueAt!;
}

const stateOf = async (id: string) => {
	const { status, log } = await db.delivery.findUniqueOrThrow({
		where: { id },
		include: { log: { orderBy: { id: 'asc' } } }
	});
	return { status, log: log.map(({ status, error }) => status ?? error) };
};
const endpointOf = (id: string) => db.webhookEndpoint.findUniqueOrThrow({ where: { id } });
/** The mails to somebody since they have their endpoint. */
const mailsTo = async (userId: string) => {
	const mails = await db.mail.findMany({ where: { userId, kind: { not: 'webhook_made' } } });
	return mails.map(({ kind }) => kind);
};

const tableInSeconds = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];

test('a receiver that answers 500 is tried ten times as the table says, each time with the same id and body', async () => {
	const { person, receiver, id: endpointId, secret } = await someone();
	receiver.reply({ status: 500, body: 'out of order' });
	const id = await tell(person, new Date('2026-03-01T08:00:00.500Z'));
	const times: Date[] = [];
	while (await promised(id)) times.push(await attempt(id));
	expect(times).toHaveLength(10);
	const attempts = await db.deliveryAttempt.findMany({ where: { deliveryId: id }, orderBy: { id: 'asc' } });
	for (const [n, pause] of tableInSeconds.entries()) {
		const waited = times[n + 1]!.getTime() - times[n]!.getTime() - attempts[n]!.durationMs;
		expect(waited).toBeGreaterThanOrEqual(pause * second);
		expect(waited).toBeLessThanOrEqual(pause * second * 1.1);
	}
	expect(await stateOf(id)).toEqual({ status: 'failed', log: Array(10).fill(500) });
	expect(attempts.map(({ at }) => at)).toEqual(times);
	expect(receiver.received).toHaveLength(10);
	const first = receiver.received[0]!.body;
	expect(JSON.parse(first)).toEqual({
		type: 'recurring.missed',
		timestamp: '2026-03-01T08:00:00.500Z',
		data: missed
	});
	for (const [n, { headers, body }] of receiver.received.entries()) {
		expect(body).toBe(first);
		expect(headers).toMatchObject({
			'content-type': 'application/json',
			'webhook-id': id,
			'webhook-timestamp': String(Math.floor(times[n]!.getTime() / 1000)),
			'webhook-signature': new Webhook(secret).sign(id, times[n]!, body)
		});
	}
	// Three days are not five.
	expect(await endpointOf(endpointId)).toMatchObject({ disabledAt: null, failingSince: expect.any(Date) });
});

test.each<[Reply, string | number, number[]]>([
	[{ status: 429, headers: { 'retry-after': '3600' } }, 429, [3600, 3600]],
	[{ status: 503, headers: { 'retry-after': 'Sun, 01 Mar 2026 09:00:00 GMT' } }, 503, [3600, 3600]],
	[{ status: 429, headers: { 'retry-after': '1' } }, 429, [5, 5.5]],
	[{ status: 429, headers: { 'retry-after': '99999999' } }, 429, [86_400, 86_400]],
	[{ status: 503, headers: { 'retry-after': 'Fri, 01 Jan 2027 00:00:00 GMT' } }, 503, [86_400, 86_400]],
	[{ status: 503, headers: { 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' } }, 503, [5, 5.5]],
	[{ status: 503, headers: { 'retry-after': 'soon' } }, 503, [5, 5.5]],
	[{ status: 302, headers: { location: 'https://localhost:1/' } }, 302, [5, 5.5]],
	[{ status: 304 }, 304, [5, 5.5]],
	[{ status: 404 }, 404, [5, 5.5]],
	['reset', 'connection', [5, 5.5]],
	['garbage', 'answer', [5, 5.5]],
	['endless headers', 'answer', [5, 5.5]],
	['hang', 'timeout', [5, 5.5]]
])('%o is a failure (%s), tried again after %o seconds', async (reply, outcome, [least = 0, most = 0]) => {
	const { person, receiver } = await someone();
	receiver.reply(reply);
	const id = await tell(person, new Date('2026-03-01T08:00:00.000Z'));
	const at = await attempt(id);
	expect(await stateOf(id)).toEqual({ status: 'waiting', log: [outcome] });
	const { durationMs } = await db.deliveryAttempt.findFirstOrThrow({ where: { deliveryId: id } });
	const { dueAt } = (await promised(id))!;
	const waited = (dueAt!.getTime() - at.getTime() - durationMs) / second;
	// A date says when, and not how long after the answer.
	const slack = String(JSON.stringify(reply)).includes('GMT') ? durationMs / second : 0;
	expect(waited).toBeGreaterThanOrEqual(least - slack);
	expect(waited).toBeLessThanOrEqual(most);
	// Mended, it gets what it was to get.
	receiver.reply({ status: 200 });
	await attempt(id);
	expect(await stateOf(id)).toEqual({ status: 'delivered', log: [outcome, 200] });
	expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([id, id]);
	expect(await promised(id)).toBeUndefined();
});

test.each<[Reply, number]>([
	[{ status: 200, body: 'thank you' }, 200],
	[{ status: 299 }, 299],
	['gigabyte', 200],
	['hang after 200', 200]
])('%o is heard of (%d), whatever comes after the status', async (reply, status) => {
	const { person, receiver, id: endpointId } = await someone();
	receiver.reply(reply);
	const id = await tell(person, new Date());
	await attempt(id);
	expect(await stateOf(id)).toEqual({ status: 'delivered', log: [status] });
	expect(await endpointOf(endpointId)).toMatchObject({ failingSince: null, disabledAt: null });
	expect(receiver.sockets[0]!.bytesWritten).toBeLessThan(32 * 1024 * 1024);
});

test('a redirect leads nowhere', async () => {
	const { person, receiver } = await someone();
	const other = await startReceiver({ tls: true });
	receiver.reply({ status: 308, headers: { location: other.url } });
	await attempt(await tell(person, new Date()));
	expect([receiver.received.length, other.sockets.length]).toEqual([1, 0]);
});

test('410 turns an endpoint off at once, with what was waiting for it, and its owner is told', async () => {
	const { person, receiver, id: endpointId } = await someone();
	const [first, second] = [await tell(person, new Date()), await tell(person, new Date())];
	receiver.reply({ status: 410 });
	await attempt(first);
	expect(await endpointOf(endpointId)).toMatchObject({
		disabledAt: expect.any(Date),
		disabledReason: 'gone'
	});
	const [view] = await person.api.webhooks.list.query();
	expect(view).toMatchObject({ disabled: { reason: 'gone' } });
	expect([await stateOf(first), await stateOf(second)]).toEqual([
		{ status: 'failed', log: [410] },
		{ status: 'failed', log: [] }
	]);
	await attempt(second); // its job is there still, and does nothing
	await tell(person, new Date());
	expect(await db.delivery.count({ where: { endpointId } })).toBe(2); // nothing new is promised
	expect(receiver.received).toHaveLength(1);
	expect(await mailsTo(person.id)).toEqual(['webhook_gone']);
	// Turned on again, it gets what is asked for again.
	receiver.reply({ status: 200 });
	await person.api.webhooks.update.mutate({ id: endpointId, enabled: true });
	await person.api.webhooks.redeliver.mutate({ id: second });
	await attempt(second);
	expect(await stateOf(second)).toEqual({ status: 'delivered', log: [200] });
});

test('an endpoint that fails for five days is turned off, and its owner is told once', async () => {
	const { person, receiver, id: endpointId } = await someone();
	receiver.reply({ status: 500 });
	const begun = new Date('2026-03-01T08:00:00Z');
	const ids: string[] = [];
	for (let n = 0; n < 6; n++) ids.push(await tell(person, new Date(begun.getTime() + n * day)));
	for (const id of ids.slice(0, 5)) await attempt(id);
	const { failingSince } = await endpointOf(endpointId);
	expect(failingSince!.getTime() - begun.getTime()).toBeLessThan(15 * second);
	expect(await endpointOf(endpointId)).toMatchObject({ disabledAt: null });
	await attempt(await tell(person, new Date(failingSince!.getTime() + 5 * day - 20 * second)));
	expect(await endpointOf(endpointId)).toMatchObject({ disabledAt: null });
	await attempt(await tell(person, new Date(failingSince!.getTime() + 5 * day)));
	expect(await endpointOf(endpointId)).toMatchObject({ disabledReason: 'failing' });
	await attempt(ids[5]!);
	expect(await mailsTo(person.id)).toEqual(['webhook_failing']);
});

test('one that got through in between is not failing', async () => {
	const { person, receiver, id: endpointId } = await someone();
	const begun = new Date('2026-03-01T08:00:00Z');
	for (const [days, status] of [
		[0, 500],
		[3, 200],
		[4, 500],
		[8, 500]
	] as const) {
		receiver.reply({ status });
		await attempt(await tell(person, new Date(begun.getTime() + days * day)));
	}
	expect(await endpointOf(endpointId)).toMatchObject({ disabledAt: null });
	expect(await mailsTo(person.id)).toEqual([]);
});

test('for a day after a new secret was made both sign, and then the new one alone', async () => {
	const { person, receiver, id: endpointId, secret: old } = await someone();
	const { rotateSecret } = person.api.webhooks;
	const { secret, oldSecretUntil } = await rotateSecret.mutate({ id: endpointId });
	expect(secret).not.toBe(old);
	const until = new Date(oldSecretUntil!);
	/** With which of the secrets, old to new, the signature of an attempt fits. */
	const signers = async (at: Date, secrets: string[]): Promise<boolean[]> => {
		const id = await tell(person, at);
		await attempt(id);
		const { headers, body } = receiver.received.at(-1)!;
		const signatures = String(headers['webhook-signature']).split(' ');
		const fits = secrets.map((one) => signatures.includes(new Webhook(one).sign(id, at, body)));
		expect(signatures).toHaveLength(fits.filter(Boolean).length);
		return fits;
	};
	expect(await signers(new Date(), [old, secret])).toEqual([true, true]);
	const { headers, body } = receiver.received.at(-1)!;
	for (const one of [old, secret]) {
		expect(new Webhook(one).verify(body, headers as Record<string, string>)).toEqual(JSON.parse(body));
	}
	expect(await signers(new Date(until.getTime() - 1), [old, secret])).toEqual([true, true]);
	expect(await signers(until, [old, secret])).toEqual([false, true]);
	expect(until.getTime() - Date.now()).toBeGreaterThan(23 * hour);
	// A second one within the day takes the place of the first at once.
	const { secret: third } = await rotateSecret.mutate({ id: endpointId });
	expect(await signers(new Date(), [old, secret, third])).toEqual([false, true, true]);
	expect(await person.api.webhooks.list.query()).toMatchObject([{ oldSecretUntil: expect.any(String) }]);
});

test('the log forgets after a month what has ended, and a secret that signs no more is forgotten too', async () => {
	const { person, receiver, id: endpointId } = await someone();
	await person.api.webhooks.rotateSecret.mutate({ id: endpointId });
	const old = new Date(Date.now() - 31 * day);
	const [sent, waiting] = [await tell(person, old), await tell(person, old)];
	await attempt(sent);
	const recent = await tell(person, new Date(Date.now() - 29 * day));
	await attempt(recent);
	await keepHouse(app, 'tonight');
	const { items } = await person.api.webhooks.deliveries.query({ endpointId });
	expect(items.map(({ id }) => id)).toEqual([recent, waiting]);
	expect(await db.deliveryAttempt.count({ where: { deliveryId: sent } })).toBe(0);
	const { headers } = receiver.received.at(-1)!;
	expect(String(headers['webhook-signature']).split(' ')).toHaveLength(2);
	expect((await endpointOf(endpointId)).previousSecret).not.toBeNull();
	await keepHouse(app, 'tomorrow', new Date(Date.now() + 1.01 * day));
	expect(await endpointOf(endpointId)).toMatchObject({ previousSecret: null, previousUntil: null });
});

test('what is removed while something is on its way to it is gone', async () => {
	const { person, receiver, id: endpointId } = await someone();
	const id = await tell(person, new Date());
	const job = (await promised(id))!;
	await person.api.webhooks.remove.mutate({ id: endpointId });
	await deliver(app, job.payload, job.id, job.dueAt!);
	expect(receiver.received).toEqual([]);
	expect(await db.delivery.count({ where: { id } })).toBe(0);
});

test('one who has no endpoint, or none that asks, costs nothing', async () => {
	const ben = await quits.meet('Ben');
	const outbox = await db.outbox.count();
	await inTx(db, (tx) =>
		createDeliveries(tx, {
			...{ userId: ben.id, source: 'none', event: 'recurring.missed' },
			payload: missed
		})
	);
	expect(await db.outbox.count()).toBe(outbox);
});
