/** Endpoints of people, and what reaches them: on a real server that is reached by https, checked by an independent library. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Webhook } from 'standardwebhooks';
import { beforeAll, expect, test } from 'vitest';
import { webhookEvents, type ChosenEvent, type WebhookBody, type WebhookEvent } from '#lib/webhooks.ts';
import { addMfa } from '../support/access/actors.ts';
import { refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { tempDirectory } from '../support/db.ts';
import { makeGroup } from '../support/group.ts';
import { keptMails } from '../support/mailbox.ts';
import { importStatement, type Person } from '../support/person.ts';
import { startReceiver, type Received, type Receiver } from '../support/receiver.ts';
import { bookings, monthly, statement } from '../support/statement.ts';

const quits = await startTestApp({ env: { EGRESS_ALLOW: 'localhost' } });
const { app } = quits;
const { db } = app;

// Of the public internet; nothing is sent there, as what it asks for does not happen.
const somewhere = { url: 'https://93.184.215.14/hook', events: ['recurring.missed' as ChosenEvent] };
const problem = (reason: string) => ({ code: 'INVALID', reason, httpStatus: 422 });

let receiver: Receiver;
beforeAll(async () => {
	receiver = await startReceiver({ tls: true });
});

/** An endpoint of a person at the receiver, at a path of its own, and what comes there. */
async function listening({ api }: Person, events: ChosenEvent[] = [...webhookEvents]) {
	const path = `/${crypto.randomUUID()}`;
	const url = new URL(path, receiver.url).href;
	const { id, secret } = await api.webhooks.create.mutate({ url, events });
	const come = () => receiver.received.filter((one) => one.path === path);
	return {
		...{ id, secret, come },
		/** What has come, which is so many, checked with the library, in the order of what it tells. */
		bodies: async (count: number): Promise<WebhookBody[]> => {
			await app.queue.idle();
			expect(come()).toHaveLength(count);
			const inOrder = come().sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
			return inOrder.map(({ body, headers }) => {
				const known = new Webhook(secret).verify(body, headers as Record<string, string>);
				expect(known).toEqual(JSON.parse(body));
				return known as WebhookBody;
			});
		}
	};
}

const idOf = ({ headers }: Received): string => String(headers['webhook-id']);

test('an endpoint’s secret is shown once, and kept sealed', async () => {
	const { api, id: userId } = await quits.meet('Ana');
	const { secret, ...made } = await api.webhooks.create.mutate({
		...somewhere,
		url: `${somewhere.url}?key=1#part`,
		events: ['upload.done', 'budget.alert', 'upload.done'],
		note: '  for the\nrouter '
	});
	expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
	expect(made).toEqual({
		id: expect.any(String),
		url: `${somewhere.url}?key=1`,
		note: 'for the router',
		events: ['upload.done', 'budget.alert'],
		createdAt: expect.any(String),
		failingSince: null,
		disabled: null,
		oldSecretUntil: null
	});
	expect(await api.webhooks.list.query()).toEqual([made]);
	const row = await db.webhookEndpoint.findFirstOrThrow({ where: { userId } });
	expect(JSON.stringify(row)).not.toContain(secret.slice('whsec_'.length, -1));
	expect(app.sealer.open(row.secret, `webhook:${row.id}`)).toBe(secret);
});

test('whoever an endpoint is of is told when it is made, and when it is moved', async () => {
	const { api, id: userId } = await quits.meet('Ana');
	const { id } = await api.webhooks.create.mutate(somewhere);
	await api.webhooks.update.mutate({ id, note: 'the same place' });
	await api.webhooks.update.mutate({ id, url: 'https://93.184.215.14:8443/somewhere-else' });
	const { email } = await db.user.findUniqueOrThrow({ where: { id: userId } });
	const mails = await keptMails(app, email);
	expect(mails.map(({ kind }) => kind)).toEqual(['webhook_made', 'webhook_made']);
	expect(mails[0]!.body).toContain('sent to 93.184.215.14, ');
	expect(mails[1]!.body).toContain('93.184.215.14:8443');
	expect(mails[1]!.body).not.toContain('somewhere-else'); // what comes after the host may open something
});

test('an endpoint is changed, turned off and on, and removed', async () => {
	const { api } = await quits.meet('Ana');
	const { secret, ...made } = await api.webhooks.create.mutate(somewhere);
	expect(secret).not.toBe('');
	const { id } = made;
	const change = api.webhooks.update.mutate;
	const url = 'https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]:8443/other';
	const moved = { ...made, url, note: 'moved', events: ['group.changed'] };
	expect(await change({ id, url, note: 'moved', events: ['group.changed'] })).toEqual(moved);
	const off = await change({ id, enabled: false });
	expect(off).toEqual({ ...moved, disabled: { at: expect.any(String), reason: 'person' } });
	expect(await change({ id, enabled: false })).toEqual(off);
	expect(await refusal(api.webhooks.test.mutate({ id }))).toMatchObject({
		code: 'CONFLICT',
		reason: 'webhook_off'
	});
	await db.webhookEndpoint.update({ where: { id }, data: { failingSince: new Date() } });
	expect(await change({ id, enabled: true })).toEqual(moved);
	expect(await api.webhooks.remove.mutate({ id })).toEqual({ ok: true });
	expect(await api.webhooks.list.query()).toEqual([]);
	for (const call of [
		() => change({ id, note: '' }),
		() => api.webhooks.rotateSecret.mutate({ id }),
		() => api.webhooks.remove.mutate({ id }),
		() => api.webhooks.test.mutate({ id }),
		() => api.webhooks.deliveries.query({ endpointId: id })
	]) {
		expect(await refusal(call())).toMatchObject({ code: 'NOT_FOUND' });
	}
});

test('there are ten at most, also when many are made at once', async () => {
	const { api } = await quits.meet('Ana');
	const made = await Promise.allSettled(
		Array.from({ length: 14 }, () => api.webhooks.create.mutate(somewhere))
	);
	expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
	expect(await refusal(api.webhooks.create.mutate(somewhere))).toMatchObject(problem('too_many_webhooks'));
});

test('it takes an event to choose, and one that there is', async () => {
	const { api } = await quits.meet('Ana');
	for (const events of [[], ['webhook.test'], ['everything']] as unknown as ChosenEvent[][]) {
		expect(await refusal(api.webhooks.create.mutate({ ...somewhere, events }))).toMatchObject({
			reason: 'invalid',
			fields: expect.any(Object)
		});
	}
});

test('http is for admins, as long as they are', async () => {
	const plain = await startReceiver();
	const url = plain.url.replace('127.0.0.1', 'localhost');
	const [ana, ada] = [await quits.meet('Ana'), await quits.meet('Ada', { role: 'admin' })];
	await addMfa(db, ada.id);
	const asks = { ...somewhere, url };
	expect(await refusal(ana.api.webhooks.create.mutate(asks))).toMatchObject(problem('webhook_https'));
	const { id } = await ada.api.webhooks.create.mutate(asks);
	await ada.api.webhooks.test.mutate({ id });
	await app.queue.idle();
	expect(plain.received).toHaveLength(1);
	await db.user.update({ where: { id: ada.id }, data: { role: 'member' } });
	await ada.api.webhooks.test.mutate({ id });
	await app.queue.idle();
	const [last] = (await ada.api.webhooks.deliveries.query({ endpointId: id })).items;
	expect(last).toMatchObject({ status: 'waiting', attempts: [{ status: null, error: 'address' }] });
	expect(plain.received).toHaveLength(1);
});

test('the test button sends, and the log tells what came of it; it can be sent again', async () => {
	const ana = await quits.meet('Ana');
	const { api } = ana;
	const endpoint = await listening(ana, ['budget.alert']);
	await api.webhooks.test.mutate({ id: endpoint.id });
	const [body] = await endpoint.bodies(1);
	expect(body).toEqual({
		type: 'webhook.test',
		timestamp: expect.any(String),
		data: { endpointId: endpoint.id }
	});
	const log = async () => (await api.webhooks.deliveries.query({ endpointId: endpoint.id })).items;
	const attempt = { at: expect.any(String), durationMs: expect.any(Number), status: 204, error: null };
	const [first] = endpoint.come();
	const delivered = {
		id: idOf(first!),
		...{ event: 'webhook.test', data: { endpointId: endpoint.id }, status: 'delivered' },
		createdAt: body!.timestamp,
		deliveredAt: expect.any(String),
		nextAttemptAt: null,
		reason: null,
		attempts: [attempt]
	};
	expect(await log()).toEqual([delivered]);
	await api.webhooks.redeliver.mutate({ id: delivered.id });
	await endpoint.bodies(2);
	const again = endpoint.come()[1]!;
	expect([idOf(again), again.body]).toEqual([idOf(first!), first!.body]);
	expect(await log()).toEqual([{ ...delivered, attempts: [attempt, attempt] }]);
	// A page of the log, and the next.
	await api.webhooks.test.mutate({ id: endpoint.id });
	await endpoint.bodies(3);
	const page = await api.webhooks.deliveries.query({ endpointId: endpoint.id, limit: 1 });
	const rest = { endpointId: endpoint.id, cursor: page.nextCursor! };
	expect(page.items[0]!.id).not.toBe(delivered.id);
	expect(await api.webhooks.deliveries.query(rest)).toMatchObject({
		items: [{ id: delivered.id }],
		nextCursor: null
	});
});

test('an import and recurring payments are told to who asked, and nothing else is', async () => {
	const [ana, ben] = [await quits.meet('Ana'), await quits.meet('Ben')];
	const all = await listening(ana);
	const missed = await listening(ana, ['recurring.missed']);
	const bens = await listening(ben);
	const rent = (from: string, months: number, amount = -85_000) =>
		monthly('Landlord rent', amount, { from, months });
	const gym = monthly('Gym fee', -2990, { from: '2025-06-05', months: 6 });
	const first = await importStatement(ana, statement([...rent('2025-06-01', 6), ...gym]));
	for (const { id } of await ana.api.recurring.list.query()) await ana.api.recurring.confirm.mutate({ id });
	const later = [...rent('2025-12-01', 3, -92_000), ...bookings(40, { from: '2025-12-01' })];
	const second = await importStatement(ana, statement(later, 'later.csv'));
	const done = (upload: typeof first) => ({
		uploadId: upload.id,
		accountId: upload.accountId,
		filename: upload.filename,
		imported: upload.imported,
		duplicates: 0,
		rejected: 0
	});
	const told = await all.bodies(4);
	const ofType = (type: WebhookEvent) => told.filter((body) => body.type === type).map(({ data }) => data);
	expect(ofType('upload.done')).toEqual([done(first), done(second)]);
	const recurring = await ana.api.recurring.list.query();
	const idOfMerchant = (amount: number) => recurring.find((one) => one.amount === amount)!.id;
	expect(ofType('recurring.changed')).toEqual([
		{
			recurringId: idOfMerchant(-92_000),
			merchant: expect.any(String),
			...{ before: -85_000, after: -92_000, currency: 'EUR' }
		}
	]);
	expect(ofType('recurring.missed')).toEqual([
		{ recurringId: idOfMerchant(-2990), merchant: expect.any(String), date: expect.any(String) }
	]);
	expect(await missed.bodies(1)).toMatchObject([{ type: 'recurring.missed' }]);
	expect(await bens.bodies(0)).toEqual([]);
});

test('a budget that is crossed is told, with what was spent and what there is', async () => {
	const ana = await quits.meet('Ana');
	const endpoint = await listening(ana, ['budget.alert']);
	const { id: budgetId } = await ana.api.budgets.create.mutate({
		...{ name: 'All', categoryIds: [], amount: 10_000, currency: 'EUR', period: 'monthly' },
		thresholds: [50, 80]
	});
	const date = new Date().toISOString().slice(0, 10);
	await importStatement(ana, statement([{ date, text: 'Corner Bakery', amount: -9000 }]));
	const [body, ...others] = await endpoint.bodies(1);
	expect(others).toEqual([]);
	const [alert] = (await ana.api.alerts.list.query()).items;
	expect(body).toEqual({
		type: 'budget.alert',
		timestamp: expect.any(String),
		data: {
			...{ alertId: alert!.id, budgetId, budgetName: 'All', groupId: null, threshold: 80, percent: 90 },
			...{ spent: 9000, amount: 10_000, currency: 'EUR' },
			...{ periodStart: `${date.slice(0, 8)}01`, periodEnd: expect.stringContaining(date.slice(0, 8)) }
		}
	});
});

test('a change in a group is told to its members who asked, as their pages hear it', async () => {
	const [ana, ben, cem] = [await quits.meet('Ana'), await quits.meet('Ben'), await quits.meet('Cem')];
	const group = await makeGroup(app, [ana, ben, cem], { guests: ['Dan'] });
	const [anas, bens] = [await listening(ana), await listening(ben, ['group.changed', 'upload.done'])];
	const cems = await listening(cem, ['upload.done']);
	const expense = await ana.api.expenses.create.mutate(group.expense());
	const changed = {
		groupId: group.id,
		revision: await group.revision(),
		kind: 'expense_added',
		actorId: group.member('Ana'),
		subjectId: expense.id
	};
	expect(await ben.live.until('group:changed')).toEqual(changed);
	for (const endpoint of [anas, bens]) {
		expect((await endpoint.bodies(1)).map(({ data }) => data)).toEqual([changed]);
	}
	// Whoever has left hears no more, not even of that.
	await ben.api.members.leave.mutate({ groupId: group.id });
	expect((await anas.bodies(2))[1]).toMatchObject({ data: { kind: 'member_left' } });
	expect([bens.come().length, cems.come().length]).toEqual([1, 0]);
});

const documentation = readFileSync('docs/webhooks.md', 'utf8');
const blocks = (language: string): string[] =>
	[...documentation.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs'))].map(([, code]) => code!);

test('the documented examples look like what is sent', async () => {
	const examples = blocks('json').map((code) => JSON.parse(code) as WebhookBody);
	const documented = new Map(examples.map((example) => [example.type, example]));
	expect([...documented.keys()]).toEqual([...webhookEvents, 'webhook.test']);
	const sent = receiver.received.map(({ body }) => JSON.parse(body) as WebhookBody);
	const seen = new Map(sent.map((body) => [body.type, body]));
	for (const [type, body] of seen)
		expect({ type, shape: shapeOf(documented.get(type)) }).toEqual({ type, shape: shapeOf(body) });
	expect([...seen.keys()].sort()).toEqual([...documented.keys()].sort());
});

/** What a value is made of, without its values; ids, dates and instants are told apart from other text. */
function shapeOf(value: unknown): unknown {
	if (typeof value === 'string') {
		if (/^[\da-f]{8}-[\da-f-]{27}$/.test(value)) return 'id';
		if (/^\d{4}-\d\d-\d\d$/.test(value)) return 'date';
		return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? 'instant' : 'text';
	}
	if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
	const entries = Object.entries(value).map(([key, part]) => [key, shapeOf(part)] as const);
	return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

test('the documented verifier takes what is sent, and nothing else', async () => {
	const [code] = blocks('js');
	expect(code!.trim().split('\n').slice(2)).toHaveLength(10);
	const file = join(tempDirectory(), 'verify.mjs');
	writeFileSync(file, code!);
	type Verify = (secret: string, headers: Received['headers'], body: string) => unknown;
	const { verify } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as { verify: Verify };
	const ana = await quits.meet('Ana');
	const endpoint = await listening(ana);
	await ana.api.webhooks.test.mutate({ id: endpoint.id });
	const [told] = await endpoint.bodies(1);
	const [{ headers, body }] = endpoint.come() as [Received];
	const { secret } = endpoint;
	expect(verify(secret, headers, body)).toEqual(told);
	const old = String(Number(headers['webhook-timestamp']) - 301);
	const otherId = { ...headers, 'webhook-id': crypto.randomUUID() };
	const unsigned = { ...headers, 'webhook-signature': 'v1,' };
	const signature = String(headers['webhook-signature']);
	const odd = { ...headers, 'webhook-signature': `v1,é ${signature.replace('v1,', 'v2,')}` };
	for (const change of [otherId, unsigned, odd, { ...headers, 'webhook-timestamp': old }]) {
		expect(() => verify(secret, change, body)).toThrow();
	}
	expect(() => verify(secret, headers, `${body} `)).toThrow();
	expect(() => verify(`whsec_${'A'.repeat(43)}=`, headers, body)).toThrow();
	const several = { ...headers, 'webhook-signature': `v1,AAAA ${signature}` };
	expect(verify(secret, several, body)).toEqual(told);
});
