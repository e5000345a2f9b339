/** Deliveries by webhook that meet each other, or find things changed. What receivers do, webhook-receivers.test.ts says. */
import { expect, test } from 'vitest';
import { raiseAlerts } from '#server/alerts/raise.ts';
import { inTx } from '#server/db/client.ts';
import { createDeliveries } from '#server/deliveries/create.ts';
import { deliver } from '#server/deliveries/deliver.ts';
import type { Queues } from '#server/queue/queues.ts';
import { refusal } from '../../support/api.ts';
import { startTestApp } from '../../support/app.ts';
import type { Person } from '../../support/person.ts';
import { makeBudget } from '../../support/budgets.ts';
import { makeGroup } from '../../support/group.ts';
import { startReceiver } from '../../support/receiver.ts';

const quits = await startTestApp({ work: false, env: { EGRESS_ALLOW: 'localhost' } });
const { app } = quits;
const { db } = app;
const hour = 3_600_000;

async function someone() {
	const person = await quits.meet('Ana');
	const receiver = await startReceiver({ tls: true });
	const { url } = receiver;
	const { id } = await person.api.webhooks.create.mutate({ url, events: ['recurring.missed'] });
	return { person, receiver, endpointId: id };
}

async function tell({ id: userId }: Person, at = new Date()): Promise<string> {
	const payload = { recurringId: crypto.randomUUID(), merchant: 'Gym', date: '2026-03-01' };
	const told = { userId, source: crypto.randomUUID(), event: 'recurring.missed', payload } as const;
	await inTx(db, (tx) => createDeliveries(tx, told, at));
	return (await db.delivery.findFirstOrThrow({ where: { userId }, orderBy: { id: 'desc' } })).id;
}

async function jobsOf(id: string) {
	const rows = await db.outbox.findMany({ where: { queue: 'webhook-send' }, orderBy: { id: 'asc' } });
	const jobs = rows.map((row) => ({ ...row, payload: row.payload as Queues['webhook-send'] }));
	return jobs.filter(({ payload }) => payload.deliveryId === id);
}
type Job = Awaited<ReturnType<typeof jobsOf>>[number];
const run = ({ id, payload, dueAt }: Job) => deliver(app, payload, id, dueAt!);
const deliveryOf = (id: string) => db.delivery.findUniqueOrThrow({ where: { id }, include: { log: true } });

test('a job that is run twice at once is sent twice with the same id, and counts once', async () => {
	const { person, receiver } = await someone();
	const id = await tell(person);
	const [job] = await jobsOf(id);
	await Promise.all([run(job!), run(job!)]);
	expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([id, id]);
	expect(await deliveryOf(id)).toMatchObject({ status: 'delivered', attempts: 1, log: [{ status: 204 }] });
	await run(job!);
	expect(receiver.received).toHaveLength(2);
});

test('what waits for its next attempt can be asked for at once, and its old job then does nothing', async () => {
	const { person, receiver } = await someone();
	receiver.reply({ status: 500 });
	const id = await tell(person, new Date(Date.now() - hour));
	await run((await jobsOf(id))[0]!);
	receiver.reply({ status: 200 });
	await person.api.webhooks.redeliver.mutate({ id });
	const [old, fresh] = await jobsOf(id);
	expect(fresh!.dueAt!.getTime()).toBeLessThanOrEqual(Date.now());
	await run(old!);
	expect(receiver.received).toHaveLength(1);
	await run(fresh!);
	expect(await deliveryOf(id)).toMatchObject({ status: 'delivered', attempts: 2, nextAttemptAt: null });
	expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([id, id]);
});

test('what has been delivered, or given up, can be asked for again; failing once more it goes on by the table', async () => {
	const { person, receiver } = await someone();
	const id = await tell(person);
	await run((await jobsOf(id))[0]!);
	receiver.reply({ status: 500 });
	await person.api.alerts.redeliver.mutate({ id });
	await run((await jobsOf(id))[0]!);
	const [next] = await jobsOf(id);
	// After its second attempt: five minutes.
	const { log, ...delivery } = await deliveryOf(id);
	expect(delivery).toMatchObject({ status: 'waiting', attempts: 2, deliveredAt: null });
	expect(next!.dueAt).toEqual(delivery.nextAttemptAt);
	const waited = next!.dueAt!.getTime() - log.at(-1)!.at.getTime();
	expect(waited).toBeGreaterThanOrEqual(300_000);
	// After all ten it is one attempt and no more.
	await db.delivery.update({ where: { id }, data: { attempts: 10, status: 'failed', nextAttemptAt: null } });
	await person.api.alerts.redeliver.mutate({ id });
	await run((await jobsOf(id)).at(-1)!);
	expect(await deliveryOf(id)).toMatchObject({ status: 'failed', attempts: 11 });
});

test('asked for again while an attempt is under way, it is sent once more', async () => {
	const { person, receiver } = await someone();
	const id = await tell(person);
	const [job] = await jobsOf(id);
	receiver.reply('hang after 200');
	const attempt = run(job!);
	while (receiver.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
	await person.api.webhooks.redeliver.mutate({ id });
	receiver.reply({ status: 200 });
	receiver.sockets[0]!.destroy();
	await attempt;
	expect(await deliveryOf(id)).toMatchObject({ status: 'waiting', attempts: 1 });
	await run((await jobsOf(id))[0]!);
	expect(await deliveryOf(id)).toMatchObject({ status: 'delivered', attempts: 2 });
});

test('to an endpoint that is off nothing is sent, nor for somebody who is disabled', async () => {
	const { person, receiver, endpointId } = await someone();
	const [first, second] = [await tell(person), await tell(person)];
	await person.api.webhooks.update.mutate({ id: endpointId, enabled: false });
	await run((await jobsOf(first))[0]!);
	expect(await deliveryOf(first)).toMatchObject({ status: 'failed', attempts: 0 });
	const again = person.api.alerts.redeliver.mutate({ id: first });
	expect(await refusal(again)).toMatchObject({ code: 'CONFLICT', reason: 'webhook_off' });
	await person.api.webhooks.update.mutate({ id: endpointId, enabled: true });
	await db.user.update({ where: { id: person.id }, data: { disabledAt: new Date() } });
	for (const job of await jobsOf(second)) await run(job);
	expect(await deliveryOf(second)).toMatchObject({ status: 'cancelled', reason: 'disabled', attempts: 0 });
	expect(receiver.received).toEqual([]);
});

test('who is no longer in a group is told nothing of its budget, nor is anybody of one that is removed', async () => {
	const [ana, ben] = [await someone(), await someone()];
	for (const { person, endpointId } of [ana, ben])
		await person.api.webhooks.update.mutate({ id: endpointId, events: ['budget.alert'] });
	const group = await makeGroup(app, [ana.person, ben.person]);
	const food = { groupId: group.id, name: 'Food', amount: 1000, categoryIds: [] };
	const { id: budgetId } = await makeBudget(app, ana.person, food);
	const date = new Date().toISOString().slice(0, 10);
	await ana.person.api.expenses.create.mutate(group.expense({ amount: 1100, date }));
	await raiseAlerts(app, budgetId);
	const idOf = async ({ person }: { person: Person }): Promise<string> =>
		(await db.delivery.findFirstOrThrow({ where: { userId: person.id, channel: 'webhook' } })).id;
	const [first, second] = [await idOf(ana), await idOf(ben)];
	ana.receiver.reply({ status: 500 });
	ben.receiver.reply({ status: 500 });
	for (const id of [first, second]) await run((await jobsOf(id))[0]!);
	await ben.person.api.members.leave.mutate({ groupId: group.id });
	await ana.person.api.budgets.remove.mutate({ id: budgetId });
	for (const id of [first, second]) await run((await jobsOf(id))[0]!);
	expect(await deliveryOf(first)).toMatchObject({
		status: 'cancelled',
		reason: 'budget_removed',
		attempts: 1
	});
	expect(await deliveryOf(second)).toMatchObject({ status: 'cancelled', attempts: 1 });
	expect([...ana.receiver.received, ...ben.receiver.received]).toHaveLength(2);
	await ana.person.api.budgets.restore.mutate({ id: budgetId });
	const again = (whose: typeof ana, id: string) =>
		refusal(whose.person.api.webhooks.redeliver.mutate({ id }));
	expect(await again(ben, second)).toMatchObject({ code: 'CONFLICT', reason: 'alert_closed' });
	expect(
		(await ben.person.api.webhooks.deliveries.query({ endpointId: ben.endpointId })).items
	).toMatchObject([{ id: second, status: 'cancelled' }]);
	// What is hers again can be sent again.
	ana.receiver.reply({ status: 200 });
	await ana.person.api.webhooks.redeliver.mutate({ id: first });
	await run((await jobsOf(first)).at(-1)!);
	expect(await deliveryOf(first)).toMatchObject({ status: 'delivered', reason: null });
});

test('an answer of the address before says nothing of the address now', async () => {
	const { person, receiver, endpointId } = await someone();
	const other = await startReceiver({ tls: true });
	const id = await tell(person);
	receiver.reply('hang');
	const attempt = run((await jobsOf(id))[0]!);
	while (receiver.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
	await person.api.webhooks.update.mutate({ id: endpointId, url: other.url });
	receiver.sockets[0]!.destroy();
	await attempt;
	expect(await db.webhookEndpoint.findUniqueOrThrow({ where: { id: endpointId } })).toMatchObject({
		failingSince: null,
		disabledAt: null
	});
	await run((await jobsOf(id))[0]!);
	expect(other.received.map(({ headers }) => headers['webhook-id'])).toEqual([id]);
});
