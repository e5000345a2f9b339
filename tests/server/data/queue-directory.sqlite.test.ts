import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { beforeEach, expect, test } from 'vitest';
import { inTx } from '#server/db/client.ts';
import { claimDone, enqueue } from '#server/outbox.ts';
import { DirectoryHeldError, lockDirectory } from '#server/queue/directory-lock.ts';
import { openPglite } from '#server/queue/pglite-client.ts';
import { queueDirectory } from '#server/queue/embedded.ts';
import { startQueue } from '#server/queue/queue.ts';
import { openTestDb, tempDirectory } from '../../support/db.ts';
import { effects, forgetImports, importing, promiseImports } from '../../support/imports.ts';
import { idleHandlers, keptLog, prepareQueueDirectory, startTestQueue } from '../../support/queue.ts';
import { runProgram } from '../../support/run-program.ts';

const { db, config } = await openTestDb();
const directory = queueDirectory(config.dataDir);
const doorbells = { 'import-run': importing(db) };
const WARN = 40;

const setAside = (): string[] =>
	readdirSync(config.dataDir).filter((name) => name.startsWith('queue.broken-'));
const empty = (file: string): void => writeFileSync(join(directory, file), Buffer.alloc(8192));

/** Leaves the queue with jobs that it has but has not run. */
async function handOver(count: number): Promise<void> {
	const queue = await startTestQueue({ db, config, work: false });
	await promiseImports(db, count);
	while ((await db.outbox.count({ where: { sentAt: null } })) > 0) await delay(10);
	await queue.stop();
}

beforeEach(() => forgetImports(db));

test('a directory is made when there is none, and used again', async () => {
	rmSync(directory, { recursive: true, force: true });
	const { log, lines } = keptLog();
	for (const round of [1, 2]) {
		const queue = await startQueue({ db, config, log, work: true, doorbells: { ...idleHandlers, ...doorbells }, onDead: idleHandlers });
		await promiseImports(db, 1);
		await queue.idle();
		await queue.stop();
		expect(await effects(db)).toEqual({ 1: round });
	}
	expect(lines.filter(({ level }) => level >= WARN)).toEqual([]);
	expect(setAside()).toEqual([]);
});

const damages: Record<string, () => void> = {
	'deleted while nobody looked': () => rmSync(directory, { recursive: true }),
	'left with a zeroed control file': () => empty('global/pg_control'),
	'robbed of PG_VERSION, which PGlite takes for a new one': () => rmSync(join(directory, 'PG_VERSION'))
};

test.for(Object.entries(damages))(
	'a directory that was %s is rebuilt, and every job runs once',
	async ([, damage]) => {
		await handOver(5);
		damage();
		const wasThere = existsSync(directory);
		const { log, lines } = keptLog();
		const queue = await startTestQueue({ db, config, log, doorbells });
		await queue.idle();
		expect(await effects(db)).toEqual({ 1: 5 });
		const warnings = lines.filter(({ level }) => level >= WARN).map(({ msg }) => msg);
		expect(warnings).toEqual(wasThere ? [expect.stringContaining('rebuilt from the outbox')] : []);
		expect(setAside().length).toBeLessThanOrEqual(1);
	}
);

test('what was promised for later is, with another directory, done once and not before', async () => {
	const dueAt = new Date(Date.now() + 4000);
	const before = await startTestQueue({ db, config, work: false });
	const id = await inTx(db, (tx) => enqueue(tx, 'upload-purge', { uploadId: 'later' }, { dueAt }));
	while ((await db.outbox.count({ where: { sentAt: null } })) > 0) await delay(10);
	await before.stop();
	rmSync(directory, { recursive: true });
	const rung: { id: string; at: number }[] = [];
	await startTestQueue({
		db,
		config,
		doorbells: {
			'upload-purge': async (_, job) => {
				rung.push({ id: job.id, at: Date.now() });
				await inTx(db, (tx) => claimDone(tx, job.id));
			}
		}
	});
	while ((await db.outbox.count()) > 0) await delay(50);
	expect(rung).toEqual([{ id, at: expect.any(Number) }]);
	expect(rung[0]!.at).toBeGreaterThanOrEqual(dueAt.getTime());
});

test(
	'a directory that is deleted in use is rebuilt, and every job runs once',
	{ timeout: 60_000 },
	async () => {
		const { log, lines } = keptLog();
		const queue = await startTestQueue({ db, config, log, doorbells });
		await promiseImports(db, 3);
		await queue.idle();
		rmSync(directory, { recursive: true });
		await promiseImports(db, 5);
		while (existsSync(join(directory, 'PG_VERSION')) === false) await delay(20);
		await promiseImports(db, 2);
		await queue.idle();
		expect(await effects(db)).toEqual({ 1: 10 });
		expect(lines.map(({ msg }) => msg)).toContain('the queue is down; starting it again');
	}
);

test('a directory that opens but does not work is replaced', async () => {
	await handOver(5);
	const pglite = await openPglite(directory, 20_000);
	await pglite.exec('ALTER TABLE pgboss.job RENAME COLUMN start_after TO "unknown"');
	await pglite.close();
	const { log, lines } = keptLog();
	const queue = await startTestQueue({ db, config, log, doorbells });
	await queue.idle();
	expect(await effects(db)).toEqual({ 1: 5 });
	expect(lines.map(({ msg }) => msg)).toContainEqual(expect.stringContaining('failed twice'));
});

test('a second process on the same directory is refused, by name, until the first has ended', async () => {
	await prepareQueueDirectory(config);
	const first = runProgram('queue-process', JSON.stringify(config), 'hold');
	await first.printed('up');
	const start = async (waitMs: number) =>
		startQueue({ db, config, log: keptLog().log, work: true, doorbells: { ...idleHandlers, ...doorbells }, onDead: idleHandlers }, waitMs);
	const refused = await start(0).catch((error: unknown) => error);
	expect(refused).toBeInstanceOf(DirectoryHeldError);
	expect(String(refused)).toContain(directory);
	expect(String(refused)).toContain(`process ${first.process.pid} `);

	const waiting = start(10_000);
	first.process.kill('SIGKILL');
	const queue = await waiting;
	await promiseImports(db, 1);
	await queue.idle();
	await queue.stop();
	expect(await effects(db)).toEqual({ 1: 1 });
});

test('within one process the directory is given once, too', async () => {
	const free = join(tempDirectory(), 'queue');
	const unlock = await lockDirectory(free, 0);
	await expect(lockDirectory(free, 0)).rejects.toThrow(`process ${process.pid} `);
	unlock();
	(await lockDirectory(free, 0))();
});

test('a lock that outlived its owner, or is damaged, does not stop the start', async () => {
	const stale = join(tempDirectory(), 'queue');
	const foreign = new Database(`${stale}.lock`);
	foreign.exec('BEGIN EXCLUSIVE');
	const ended = runProgram('migrate', '{}', '');
	await ended.ended;
	writeFileSync(`${stale}.lock.owner`, JSON.stringify({ pid: ended.process.pid, host: hostname() }));
	(await lockDirectory(stale, 0))();
	foreign.close();

	writeFileSync(`${stale}.lock`, 'not a database, '.repeat(100));
	(await lockDirectory(stale, 0))();
});
