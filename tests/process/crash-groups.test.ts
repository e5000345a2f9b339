/** `kill -9` while a schedule makes its expenses and while receipts come in, then a start: nothing is lost, nothing is there twice. */
import { readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { v7 } from 'uuid';
import { beforeAll, describe, expect, test } from 'vitest';
import { addDays, addMonths, daysBetween } from '#lib/dates.ts';
import { nextAfter, occurrence } from '#lib/groups/schedule.ts';
import { receiptTypeOf } from '#lib/receipts/type.ts';
import type { DbConfig } from '#server/db/client.ts';
import { queueDirectory } from '#server/queue/embedded.ts';
import type { QueueName } from '#server/queue/queues.ts';
import { execute, query } from '../support/catalog.ts';
import { migratedDatabase } from '../support/db.ts';
import type { Person } from '../support/person.ts';
import { prepareQueueDirectory } from '../support/queue.ts';
import { signUp, startServer, visit, type Server } from '../support/server.ts';

const today = new Date().toISOString().slice(0, 10);

/** Promises a job, as a clock does. */
async function promise(config: DbConfig, queue: QueueName): Promise<string> {
	const id = v7();
	await execute(config, `INSERT INTO "Outbox" ("id", "queue", "payload") VALUES ('${id}', '${queue}', '{}')`);
	return id;
}

/** Waits until no such job is left; Postgres gives a dead process's job away after 30 s. */
async function done(config: DbConfig, queue: QueueName): Promise<void> {
	const left = `SELECT "id" FROM "Outbox" WHERE "queue" = '${queue}'`;
	while ((await query(config, left)).length > 0) await delay(250);
}

const errorsIn = ({ log }: Server) => log.filter(({ level }) => level >= 50);

/** A group with a name in it. */
async function flatOf({ api }: Person): Promise<{ groupId: string; me: string }> {
	const { id: groupId, me } = await api.groups.create.mutate({ name: 'The flat', currency: 'EUR' });
	await api.members.add.mutate({ groupId, name: 'Cleo' });
	return { groupId, me: me.memberId };
}

const expenseOf = ({ groupId, me }: { groupId: string; me: string }, date: string) => ({
	...{ groupId, description: 'Rent', date, currency: 'EUR', amount: 1001 },
	payers: [{ memberId: me, amount: 1001 }],
	split: { mode: 'equal' as const }
});

// The restarts share the processors; Postgres gives a dead process's job away after 30 s, which these wait for together.
const atOnce = 3;

describe('schedules', { timeout: 180_000 }, () => {
	type Moment = { made: number; loseQueue?: boolean };
	const moments: Moment[] = [{ made: 1, loseQueue: true }, { made: 30 }, { made: 120 }];
	type House = {
		config: DbConfig;
		ana: Pick<Person, 'id' | 'name' | 'token'>;
		groupId: string;
		left: number;
	};

	const year = addMonths(today, -12);
	/** What the group has: one that has come all year, one of another rhythm, and one that has rested for four years. */
	const schedules = [
		{ cadence: 'weekly' as const, from: year },
		{ cadence: 'fortnightly' as const, from: addDays(year, 3) },
		{ cadence: 'weekly' as const, from: addMonths(today, -48) }
	];

	const days = { weekly: 7, fortnightly: 14 };

	async function makeUntil({ made, loseQueue }: Moment): Promise<House> {
		const config = await migratedDatabase();
		await prepareQueueDirectory(config);
		const first = await startServer(config);
		const ana = await signUp(first, 'Ana');
		const flat = await flatOf(ana);
		const ids = [];
		for (const { cadence } of schedules) {
			const expense = { ...expenseOf(flat, today), schedule: { cadence } };
			ids.push((await ana.api.expenses.create.mutate(expense)).scheduleId);
		}
		const { groupId } = flat;
		const { revision } = await ana.api.groups.get.query({ groupId });
		await first.end('SIGTERM');
		// As if they had begun then, and nobody had been there to make anything.
		for (const [n, { cadence, from }] of schedules.entries()) {
			await execute(
				config,
				`UPDATE "ExpenseSchedule" SET "firstDate" = '${from}', "nextDate" = '${nextAfter(from, cadence, from)}'
				 WHERE "id" = '${ids[n]}'`
			);
		}
		await promise(config, 'expense-schedules');
		const server = await startServer(config);
		const { live } = await visit(server.url, ana);
		if (made > 0) await live.until('group:changed', (event) => event.revision >= revision + made);
		expect(await server.end('SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
		if (loseQueue) rmSync(queueDirectory(config.dataDir), { recursive: true, force: true });
		const [count] = await query(config, `SELECT COUNT(*) AS "n" FROM "Expense"`);
		return { config, ana, groupId, left: Number(count?.['n']) };
	}

	const houses = new Map<number, House>();
	const errors = new Map<number, unknown[]>();
	beforeAll(async () => {
		for (const moment of moments) houses.set(moment.made, await makeUntil(moment));
		const waiting = [...houses];
		const work = async (): Promise<void> => {
			for (let next = waiting.shift(); next; next = waiting.shift()) {
				const [made, { config }] = next;
				const server = await startServer(config);
				await done(config, 'expense-schedules');
				errors.set(made, errorsIn(server));
				await server.end('SIGTERM');
			}
		};
		await Promise.all(Array.from({ length: atOnce }, work));
	}, 900_000);

	test('the kills came in the middle', () => {
		const left = [...houses.values()].map((house) => house.left - schedules.length);
		const all = schedules.map(({ cadence, from }) => Math.floor(daysBetween(from, today) / days[cadence]));
		const due = all.reduce((sum, many) => sum + many, 0);
		expect(left.filter((made) => made > 0 && made < due).length).toBeGreaterThanOrEqual(3);
	});

	test.each(moments.map(({ made }) => made))(
		'after %i were made, the rest comes, and each once',
		async (made) => {
			const { config, groupId } = houses.get(made)!;
			const rows = await query(
				config,
				`SELECT "cadence", "firstDate", "nextDate", "date" FROM "ExpenseSchedule"
			 JOIN "Expense" ON "scheduleId" = "ExpenseSchedule"."id" ORDER BY "date"`
			);
			for (const { cadence, from } of schedules) {
				const own = rows.filter((row) => row['cadence'] === cadence && row['firstDate'] === from);
				const wanted: string[] = [];
				for (let n = 1; occurrence(from, cadence, n) <= today; n++) wanted.push(occurrence(from, cadence, n));
				// The one that was entered by hand is of today.
				expect(own.map(({ date }) => date)).toEqual([...wanted, today]);
				expect(own[0]?.['nextDate']).toBe(nextAfter(from, cadence, today));
			}
			const log = await query(
				config,
				`SELECT "revision", "kind", "subjectId" FROM "Activity" ORDER BY "revision"`
			);
			expect(log.map(({ revision }) => Number(revision))).toEqual(log.map((_, n) => n + 1));
			const added = log.filter(({ kind }) => kind === 'expense_added').map(({ subjectId }) => subjectId);
			expect(new Set(added).size).toBe(added.length);
			expect(added).toHaveLength(rows.length);
			const [group] = await query(config, `SELECT "revision" FROM "Group" WHERE "id" = '${groupId}'`);
			expect(Number(group?.['revision'])).toBe(log.length);
			const [sum] = await query(
				config,
				`SELECT CAST(SUM("net") AS BIGINT) AS "n", COUNT(*) AS "parts" FROM "ExpensePart"`
			);
			expect([Number(sum?.['n']), Number(sum?.['parts'])]).toEqual([0, 2 * rows.length]);
			expect(errors.get(made)).toEqual([]);
		}
	);
});

describe('receipts', { timeout: 180_000 }, () => {
	/** So many answers have come when the process is killed. */
	const moments = [1, 2, 4];
	const receipt = (kind: 'GIF89a' | '%PDF-1.7', n: number, round: number) =>
		new TextEncoder().encode(`${kind} of ${n}, sent ${round} times ${'.'.repeat(400_000)}`);

	let config: DbConfig;
	let server: Server;
	let ana: Person;
	let flat: { groupId: string; me: string };
	let ids: string[];
	const directory = () => join(config.dataDir, 'receipts');

	beforeAll(async () => {
		config = await migratedDatabase();
		await prepareQueueDirectory(config);
		server = await startServer(config);
		ana = await signUp(server, 'Ana');
		flat = await flatOf(ana);
		const made = [];
		for (let n = 0; n < 14; n++) made.push((await ana.api.expenses.create.mutate(expenseOf(flat, today))).id);
		ids = made;
	}, 180_000);

	const pathOf = (id: string) => `${server.url}/api/groups/${flat.groupId}/expenses/${id}/receipt`;
	const headers = () => ({ authorization: `Bearer ${ana.token}` });
	const send = async (id: string, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> => {
		const body = new FormData();
		body.set('file', new Blob([bytes]), 'receipt');
		const answer = await fetch(pathOf(id), { method: 'POST', headers: headers(), body }).catch(() => null);
		return answer?.status === 201;
	};
	const shown = async (id: string): Promise<string | null> => {
		const answer = await fetch(pathOf(id), { headers: headers() });
		if (answer.status === 404) return null;
		expect(answer.status).toBe(200);
		return answer.text();
	};
	const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

	/** What each expense shows, and how often its log says that one came. */
	const told = new Map<string, string | null>();
	const seen = new Map<string, number>();
	const answered: ('some' | 'all')[] = [];

	test.each(moments)(
		'killed when %i of many had been answered, each is as it was or as it was sent',
		async (answers) => {
			const round = moments.indexOf(answers);
			// By turns another type than the one before, some for the first time.
			const sent = new Map(
				ids
					.slice(0, 8 + round)
					.map((id, n) => [id, receipt(round % 2 === 0 ? 'GIF89a' : '%PDF-1.7', n, round)])
			);
			let come = 0;
			const isTime = Promise.withResolvers<void>();
			const kept = new Set<string>();
			const sending = [...sent].map(async ([id, bytes]) => {
				if (!(await send(id, bytes))) return;
				kept.add(id);
				if (++come >= answers) isTime.resolve();
			});
			if (answers > 0) await isTime.promise;
			await server.end('SIGKILL');
			await Promise.all(sending);
			answered.push(kept.size < sent.size ? 'some' : 'all');

			server = await startServer(config);
			ana = await visit(server.url, ana);
			const log = await query(config, `SELECT "subjectId" FROM "Activity" WHERE "kind" = 'receipt_added'`);
			for (const [n, id] of ids.entries()) {
				const before = told.get(id) ?? null;
				const now = await shown(id);
				const wanted = sent.get(id);
				const isNew = wanted !== undefined && now === text(wanted);
				expect({ n, isNew, isOld: now === before }).toEqual({ n, isNew, isOld: !isNew });
				if (kept.has(id)) expect({ n, isNew }).toEqual({ n, isNew: true });
				// The row says the same as the file, and the log what has become of it: once.
				const { receiptType } = await ana.api.expenses.get.query({ id });
				expect(receiptType).toBe(now === null ? null : receiptTypeOf(new TextEncoder().encode(now)));
				const lines = log.filter(({ subjectId }) => subjectId === id).length;
				expect({ n, lines }).toEqual({ n, lines: (seen.get(id) ?? 0) + (isNew ? 1 : 0) });
				seen.set(id, lines);
				told.set(id, now);
			}
			expect(errorsIn(server)).toEqual([]);
		}
	);

	test('the kills came while some were on their way', () => {
		expect(answered.filter((many) => many === 'some').length).toBeGreaterThanOrEqual(2);
	});

	test('what the dead processes left lying is gone after a night, and nothing else', async () => {
		const yesterday = new Date(Date.now() - 86_400_000);
		for (const name of readdirSync(directory())) utimesSync(join(directory(), name), yesterday, yesterday);
		await promise(config, 'housekeeping');
		await done(config, 'housekeeping');
		const files = readdirSync(directory()).map((name) => text(readFileSync(join(directory(), name))));
		const wanted = [...told.values()].filter((one) => one !== null);
		expect(files.sort()).toEqual(wanted.sort());
		for (const id of ids) expect(await shown(id)).toBe(told.get(id));
	});
});
