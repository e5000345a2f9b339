/**
 * An expense bursts a budget, and the process is killed around each commit on the way from there to a webhook and a mail, and while
 * the far sides are talked to. After a start it has all happened: the alert once, and whatever left twice has the same id.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { v7 } from 'uuid';
import { beforeAll, describe, expect, test } from 'vitest';
import type { DbConfig } from '#server/db/client.ts';
import { queueDirectory } from '#server/queue/embedded.ts';
import { apiAt, type Api } from '../support/api.ts';
import { query } from '../support/catalog.ts';
import { dialect, migratedDatabase } from '../support/db.ts';
import { startSmtpServer, type SmtpServer } from '../support/mailbox.ts';
import { prepareQueueDirectory } from '../support/queue.ts';
import { startReceiver, type Receiver } from '../support/receiver.ts';
import { signUp, startServer, type Server } from '../support/server.ts';

const program = fileURLToPath(new URL('../support/programs/die-at-commit.ts', import.meta.url));

type House = {
	config: DbConfig;
	receiver: Receiver;
	smtp: SmtpServer;
	env: Record<string, string>;
	token: string;
	expense: Parameters<Api['expenses']['create']['mutate']>[0];
	server: Server;
	/** How many commits there have been on the way. */
	commits: () => number;
};

/** Ana, the first and so the admin, whose webhooks may go to this machine; a group with a budget of 10.00; and nothing left to do. */
async function settleIn(dieAt: string): Promise<House> {
	const config = await migratedDatabase();
	await prepareQueueDirectory(config);
	const [receiver, smtp] = [await startReceiver(), await startSmtpServer()];
	const file = join(config.dataDir, 'commits');
	const env = { EGRESS_ALLOW: '127.0.0.1', SMTP_URL: smtp.url, MAIL_FROM: 'Quits <quits@example.org>' };
	const server = await startServer(config, {
		...env,
		NODE_OPTIONS: `--import=${program}`,
		DIE_AT: dieAt,
		COMMITS: file
	});
	const { api, token } = await signUp(server, 'Ana');
	const { id: groupId, me } = await api.groups.create.mutate({ name: 'The flat', currency: 'EUR' });
	const ten = { currency: 'EUR', amount: 1000, period: 'monthly' } as const;
	await api.budgets.create.mutate({ groupId, name: 'Food', categoryIds: [], ...ten, thresholds: [100] });
	await api.webhooks.create.mutate({ url: receiver.url, events: ['budget.alert'] });
	await nothingLeft(config);
	smtp.mails.length = 0;
	process.kill(server.pid, 'SIGUSR2');
	while (!existsSync(file)) await delay(10);
	const expense = {
		...{ id: v7(), groupId, description: 'Pizza', date: new Date().toISOString().slice(0, 10) },
		...{ amount: 1200, currency: 'EUR', payers: [{ memberId: me.memberId, amount: 1200 }] },
		split: { mode: 'equal' as const }
	};
	const commits = () => readFileSync(file, 'utf8').trim().split('\n').length - 1;
	return { config, receiver, smtp, env, token, expense, server, commits };
}

async function nothingLeft(config: DbConfig): Promise<void> {
	while ((await query(config, `SELECT "id" FROM "Outbox"`)).length > 0) await delay(50);
}

type Moment = {
	name: string;
	dieAt?: string;
	/** Resolves when it is time to be killed by somebody else. */
	come?: (house: House) => Promise<unknown>;
	/** The directory of the queue is lost between the kill and the start. */
	loseQueue?: boolean;
};

const arrived = async (list: readonly unknown[]): Promise<void> => {
	while (list.length === 0) await delay(1);
};

const farSides: Moment[] = [
	{
		name: 'a webhook has arrived and is not answered',
		come: async ({ receiver }) => {
			receiver.reply('hang');
			await arrived(receiver.received);
			receiver.reply({ status: 204 });
		}
	},
	{ name: 'a webhook has just been answered', come: ({ receiver }) => arrived(receiver.received) },
	{
		name: 'a mail has arrived and is not answered',
		come: async ({ smtp }) => {
			const { promise, resolve } = Promise.withResolvers<void>();
			smtp.answerAfter(promise);
			await arrived(smtp.mails);
			setTimeout(resolve, 1000); // nobody is there any more
			smtp.answerAfter(undefined);
		},
		loseQueue: true
	},
	{ name: 'a mail has just been answered', come: ({ smtp }) => arrived(smtp.mails) }
];

type Outcome = {
	name: string;
	killed: boolean;
	/** What had arrived at the far sides and was not written down when the process died. */
	unheard: { webhooks: number; mails: number };
	found: {
		alerts: Awaited<ReturnType<Api['alerts']['list']['query']>>['items'];
		webhooks: unknown[];
		mails: unknown[];
		jobs: number;
		errors: unknown[];
	};
};

/** Kills the process at a moment, starts another one, and waits until nothing is left to do. */
async function play({ name, dieAt = '', come, loseQueue }: Moment): Promise<Outcome> {
	const house = await settleIn(dieAt);
	const { config, receiver, smtp, env, token, expense, server } = house;
	const add = (url: string) => apiAt(url, token).expenses.create.mutate(expense);
	const added = add(server.url).then(
		() => true,
		() => false
	);
	if (come) await come(house).then(() => server.end('SIGKILL'));
	else await Promise.race([server.ended, told(house)]);
	// What the last commit wrote is seen before the end that came with it.
	const killed = (await Promise.race([server.ended, delay(1000)]))?.signal === 'SIGKILL';
	if (!killed) await server.end('SIGKILL');
	await delay(200); // what it had sent by then arrives
	const unheard = await unheardBy(house);
	if (loseQueue) rmSync(queueDirectory(config.dataDir), { recursive: true, force: true });

	const next = await startServer(config, env);
	if (!(await added)) await add(next.url); // as somebody does who got no answer
	await told({ ...house, server: next });
	await nothingLeft(config);
	const { items } = await apiAt(next.url, token).alerts.list.query();
	const found = {
		alerts: items,
		webhooks: receiver.received.map(({ headers }) => headers['webhook-id']),
		mails: smtp.mails.map(({ messageId }) => messageId),
		jobs: (await query(config, `SELECT "id" FROM "Outbox"`)).length,
		errors: [...server.log, ...next.log].filter(({ level }) => level >= 50)
	};
	await next.end('SIGTERM');
	return { name, killed, unheard, found };
}

/** Resolves when the budget's alert has been delivered by every channel. */
async function told({ config, server }: Pick<House, 'config' | 'server'>): Promise<void> {
	let over = false;
	void server.ended.then(() => (over = true));
	for (;;) {
		const rows = await query(config, `SELECT "status" FROM "Delivery"`);
		if (over || (rows.length === 3 && rows.every(({ status }) => status === 'delivered'))) return;
		await delay(50);
	}
}

async function unheardBy({ config, receiver, smtp }: House): Promise<Outcome['unheard']> {
	const rows = await query(config, `SELECT "channel", "status" FROM "Delivery"`);
	const heard = (channel: string): boolean =>
		rows.some((row) => row['channel'] === channel && row['status'] === 'delivered');
	return {
		webhooks: heard('webhook') ? 0 : receiver.received.length,
		mails: heard('email') ? 0 : smtp.mails.length
	};
}

// The starts share the processors; Postgres gives a dead process's job away after 30 s, which these wait for together.
const atOnce = dialect === 'postgres' ? 4 : 2;
// What is committed is the same after one commit and before the next; each database is left on one side of them.
const side = dialect === 'postgres' ? 'before' : 'after';

async function playAll(moments: readonly Moment[]): Promise<Outcome[]> {
	const outcomes: Outcome[] = [];
	const waiting = [...moments];
	const work = async (): Promise<void> => {
		for (let next = waiting.shift(); next; next = waiting.shift()) outcomes.push(await play(next));
	};
	await Promise.all(Array.from({ length: atOnce }, work));
	return outcomes;
}

describe('kill -9 between an expense and all that it sets off', () => {
	const outcomes: Outcome[] = [];
	let steps = 0;

	beforeAll(async () => {
		const whole = await settleIn('');
		await apiAt(whole.server.url, whole.token).expenses.create.mutate(whole.expense);
		await told(whole);
		await nothingLeft(whole.config);
		steps = whole.commits();
		await whole.server.end('SIGTERM');
		const around = Array.from({ length: steps }, (_, n): Moment => ({
			name: `${side} commit ${n + 1}`,
			dieAt: `${side} ${n + 1}`,
			loseQueue: n % 3 === 1
		}));
		outcomes.push(...(await playAll([...around, ...farSides])));
	}, 1_200_000);

	test('came around every commit, and at moments at which the far side knew and we did not', () => {
		// The expense, the check and its end, the webhook's attempt, the mail's text, its attempt, and its end.
		expect(steps).toBeGreaterThanOrEqual(7);
		expect(outcomes.filter(({ killed }) => killed).length).toBeGreaterThanOrEqual(7 + farSides.length);
		expect(outcomes.some(({ unheard }) => unheard.webhooks > 0)).toBe(true);
		expect(outcomes.some(({ unheard }) => unheard.mails > 0)).toBe(true);
	});

	test('loses nothing, raises the alert once, and sends again only what it had not heard of, with the same id', () => {
		for (const { name, unheard, found } of outcomes) {
			const { alerts, webhooks, mails, jobs, errors } = found;
			expect({ name, errors, jobs, alerts }).toMatchObject({
				...{ name, errors: [], jobs: 0 },
				alerts: [{ threshold: 100, percent: 120, deliveries: Array(3).fill({ status: 'delivered' }) }]
			});
			expect({ name, webhooks: webhooks.length, mails: mails.length }).toEqual({
				name,
				webhooks: 1 + unheard.webhooks,
				mails: 1 + unheard.mails
			});
			expect({ name, ids: new Set(webhooks).size, messages: new Set(mails).size }).toEqual({
				name,
				ids: 1,
				messages: 1
			});
		}
		console.log(
			`killed ${outcomes.filter(({ killed }) => killed).length} times around ${steps} commits; sent again: ` +
				`${outcomes.filter(({ unheard }) => unheard.webhooks > 0).length} webhooks, ` +
				`${outcomes.filter(({ unheard }) => unheard.mails > 0).length} mails`
		);
	});
});
