import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PgBoss } from 'pg-boss';
import { beforeEach, expect, test } from 'vitest';
import { inTx } from '#server/db/client.ts';
import { claimDone } from '#server/outbox.ts';
import { SCHEDULES } from '#server/queue/boss.ts';
import { query } from '../../support/catalog.ts';
import { openTestDb } from '../../support/db.ts';
import { applyImport, effects, forgetImports, importing, promiseImports } from '../../support/imports.ts';
import { settingsWith, startTestQueue } from '../../support/queue.ts';
import { runProgram } from '../../support/run-program.ts';

const { db, config } = await openTestDb();
beforeEach(() => forgetImports(db));

test('a process frozen past its time changes nothing when it thaws', async () => {
	const frozen = runProgram('queue-process', JSON.stringify(config), 'freeze');
	await frozen.printed('begun');
	frozen.process.kill('SIGSTOP');
	const attempts: number[] = [];
	const queue = await startTestQueue({
		db,
		config,
		doorbells: {
			'import-run': async ({ uploadId }, { id, attempt }) => {
				attempts.push(attempt);
				expect(await applyImport(db, id, uploadId)).toBe(true);
			}
		}
	});
	await queue.idle();
	expect(attempts).toEqual([1]);
	writeFileSync(join(config.dataDir, 'thaw'), '');
	frozen.process.kill('SIGCONT');
	const { out } = await frozen.ended;
	expect(out).toContain('applied: false');
	expect(await effects(db)).toEqual({ 1: 1 });
});

test('several processes share the work, each job taking effect once', async () => {
	const settings = settingsWith({ concurrency: 3 });
	const doorbells = { 'import-run': importing(db) };
	const queues = [
		await startTestQueue({ db, config, settings, doorbells }),
		await startTestQueue({ db, config, settings, doorbells })
	];
	await promiseImports(db, 60);
	await Promise.all(queues.map((queue) => queue.idle()));
	expect(await effects(db)).toEqual({ 1: 60 });
});

test('a schedule is kept as given, and its ring becomes a job like any other', async () => {
	const stored = () => query(config, `SELECT key, cron FROM pgboss.schedule ORDER BY key`);
	const done: boolean[] = [];
	const queue = await startTestQueue({
		db,
		config,
		schedules: [
			{ queue: 'housekeeping', cron: '0 3 * * *', payload: {} },
			{ queue: 'upload-purge', cron: '0 4 * * *', payload: { uploadId: 'old' } }
		],
		doorbells: {
			housekeeping: async (_payload, { id }) => void done.push(await inTx(db, (tx) => claimDone(tx, id)))
		}
	});
	while (!queue.ready()) await delay(10);
	expect(await stored()).toEqual([
		{ key: 'housekeeping', cron: '0 3 * * *' },
		{ key: 'upload-purge', cron: '0 4 * * *' }
	]);
	const boss = new PgBoss({ connectionString: config.databaseUrl!, supervise: false, schedule: false });
	await boss.start();
	await boss.send(SCHEDULES, { queue: 'housekeeping', payload: {} });
	await boss.stop();
	while (done.length === 0) await delay(10);
	expect(done).toEqual([true]);
	await queue.stop();

	const next = await startTestQueue({
		db,
		config,
		schedules: [{ queue: 'housekeeping', cron: '5 3 * * *', payload: {} }]
	});
	while (!next.ready()) await delay(10);
	expect(await stored()).toEqual([{ key: 'housekeeping', cron: '5 3 * * *' }]);
});
