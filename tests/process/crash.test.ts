/** `kill -9` at many moments of an import, then a start: everything is there, once. */
import { rmSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { DbConfig } from '#server/db/client.ts';
import { queueDirectory } from '#server/queue/embedded.ts';
import { query, type Row } from '../support/catalog.ts';
import { migratedDatabase } from '../support/db.ts';
import { importStatement, type Person } from '../support/person.ts';
import { prepareQueueDirectory } from '../support/queue.ts';
import { signUp, startServer, visit } from '../support/server.ts';
import { bookings, line, monthly, statement } from '../support/statement.ts';

const rent = monthly('Landlord Miller rent', -85_000, { from: '2020-01-02', months: 24 });
const days = [...rent, ...bookings(9976, { perDay: 10 })];
const known = days.slice(5300, 5600); // none of them becomes unreadable
// Every 19th row stands there twice, which makes two bookings; every 1000th line cannot be read.
const lines = days.flatMap((booking, n) =>
	n % 19 === 18 ? [line(booking), line(booking)] : [line(booking)]
);
const unreadable = (n: number): boolean => n % 1000 === 500;
const rows = lines.map((text, n) => (unreadable(n) ? text.replace(/,[^,]*$/, ',unreadable') : text));
const whole = statement(rows, 'big.csv');

type Moment = {
	name: string;
	/** Resolves when it is time. */
	come: (ana: Person, uploadId: string) => Promise<unknown>;
	/** The directory of the queue is lost between the kill and the start. */
	loseQueue?: boolean;
};

const status = (wanted: string): Moment['come'] =>
	function come({ live }, id) {
		return live.until('upload:progress', (event) => event.uploadId === id && event.status === wanted);
	};
const stored = (count: number): Moment['come'] =>
	function come({ live }, id) {
		return live.until('upload:progress', (event) => event.uploadId === id && event.rowsDone >= count);
	};

const moments: Moment[] = [
	{ name: 'the file has just been taken', come: async () => undefined },
	{ name: 'it is being read', come: status('reading'), loseQueue: true },
	{ name: 'it is about to store', come: status('importing') },
	...[1000, 2500, 4000, 5500, 7500, 9500].map((count, n) => ({
		name: `${count} rows are stored`,
		come: stored(count),
		loseQueue: n % 3 === 1
	})),
	{ name: 'every row is stored', come: stored(rows.length) },
	{ name: 'it is done', come: ({ live }, id) => live.until('upload:done', (event) => event.uploadId === id) }
];

type House = {
	config: DbConfig;
	ana: Pick<Person, 'id' | 'name' | 'token'>;
	uploadId: string;
	/** What the killed process left in the database. */
	left: { status: string; rows: number };
};

/** Imports until the moment comes, and kills the process then. */
async function importUntil({ come, loseQueue }: Moment): Promise<House> {
	const config = await migratedDatabase();
	await prepareQueueDirectory(config);
	const server = await startServer(config);
	const ana = await signUp(server, 'Ana');
	await importStatement(ana, statement(known));
	const uploadId = await ana.send(whole);
	await come(ana, uploadId);
	expect(await server.end('SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
	if (loseQueue) rmSync(queueDirectory(config.dataDir), { recursive: true, force: true });
	const [upload] = await query(config, `SELECT "status" FROM "Upload" WHERE "id" = '${uploadId}'`);
	const [count] = await query(
		config,
		`SELECT COUNT(*) AS "n" FROM "Transaction" WHERE "uploadId" = '${uploadId}'`
	);
	return { config, ana, uploadId, left: { status: String(upload?.['status']), rows: Number(count?.['n']) } };
}

/** Starts again on what was left, and waits until no work is. */
async function finish({ config, ana, uploadId }: House): Promise<Record<string, unknown>> {
	const server = await startServer(config);
	let back = await visit(server.url, ana);
	// As a page does: load, listen, and load again when the connection was lost.
	while ((await back.api.uploads.get.query({ id: uploadId })).status !== 'done') {
		const done = back.live.until('upload:done', (event) => event.uploadId === uploadId);
		const lost = await done.then(
			() => false,
			() => true
		);
		if (lost) back = await visit(server.url, ana);
	}
	const found = {
		upload: await back.api.uploads.get.query({ id: uploadId }),
		notifications: (await back.api.notifications.list.query()).items,
		recurring: await back.api.recurring.list.query(),
		errors: server.log.filter(({ level }) => level >= 50)
	};
	await server.end('SIGTERM');
	return found;
}

const texts = (found: Row[]): string[] => found.map((row) => Object.values(row).map(String).join('|'));

// The restarts share the two processors; Postgres gives a dead process's job away after 30 s, which these wait for together.
const atOnce = 4;

describe('kill -9', { timeout: 180_000 }, () => {
	const houses = new Map<string, House>();
	const found = new Map<string, Promise<Record<string, unknown>>>();

	beforeAll(async () => {
		for (const moment of moments) houses.set(moment.name, await importUntil(moment));
		const waiting = [...houses];
		const work = async (): Promise<void> => {
			for (let next = waiting.shift(); next; next = waiting.shift()) {
				const [name, house] = next;
				const result = finish(house);
				found.set(name, result);
				await result.catch(() => undefined);
			}
		};
		await Promise.all(Array.from({ length: atOnce }, work));
	}, 900_000);

	test('came at many different moments of the import', () => {
		const left = [...houses.values()].map((house) => house.left);
		const during = left.filter((state) => state.status === 'importing' && state.rows > 0);
		expect(new Set(during.map((state) => state.rows)).size).toBeGreaterThanOrEqual(5);
		expect(left.some((state) => state.rows === 0)).toBe(true);
		expect(left.at(-1)?.status).toBe('done');
	});

	test.each(moments.map(({ name }) => name))(
		'when %s, the next start finishes the import, every row once',
		async (name) => {
			const { config, uploadId } = houses.get(name)!;
			const { upload, notifications, recurring, errors } = (await found.get(name)) ?? {};
			const rejected = rows.filter((_, n) => unreadable(n)).length;
			expect(upload).toMatchObject({
				status: 'done',
				rowsTotal: rows.length,
				rowsDone: rows.length,
				imported: rows.length - rejected - known.length,
				duplicates: known.length,
				rejected
			});
			const booked = await query(config, `SELECT "line", "date", "amount", "description" FROM "Transaction"`);
			const others = await query(
				config,
				`SELECT "line", "outcome" FROM "UploadRow" WHERE "uploadId" = '${uploadId}'`
			);
			const imported = await query(
				config,
				`SELECT "line" FROM "Transaction" WHERE "uploadId" = '${uploadId}'`
			);
			const every = [...imported, ...others].map((row) => Number(row['line'])).sort((a, b) => a - b);
			expect(every).toEqual(rows.map((_, n) => n + 2));
			expect(
				texts(booked)
					.map((text) => text.replace(/^\d+\|/, ''))
					.sort()
			).toEqual(expectedBookings);
			expect((notifications as { kind: string; params: object }[]).map(({ kind }) => kind)).toEqual([
				'upload_done',
				'upload_done'
			]);
			expect(recurring).toMatchObject([{ cadence: 'monthly', amount: -85_000 }]);
			expect(errors).toEqual([]);
			expect(await query(config, `SELECT "id" FROM "Outbox"`)).toEqual([]);
			expect(await query(config, `SELECT "seq" FROM "UploadChunk"`)).toEqual([]);
		}
	);
});

const expectedBookings = lines
	.filter((_, n) => !unreadable(n))
	.map((text) => {
		const [date, description, amount] = text.split(',');
		return `${date}|${Math.round(Number(amount) * 100)}|${description}`;
	})
	.sort();
