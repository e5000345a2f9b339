import { beforeEach, expect, test } from 'vitest';
import { dialect, openTestDb } from '../../support/db.ts';
import { effects, forgetImports, importing } from '../../support/imports.ts';
import { prepareQueueDirectory, settingsWith, startTestQueue } from '../../support/queue.ts';
import { runProgram } from '../../support/run-program.ts';

const { db, config } = await openTestDb();
// As in programs/queue-process.ts.
const limits = dialect === 'postgres' ? { expire: 2, heartbeat: 10 } : { expire: 900, heartbeat: 900 };
const settings = settingsWith({ ...limits, retryDelay: 1 });
beforeEach(async () => {
	await forgetImports(db);
	await prepareQueueDirectory(config);
});

test.for(['promised', 'handed-over', 'begun', 'applied'])(
	'a process killed when a job is %s loses nothing and repeats nothing',
	async (stage) => {
		const { signal, err } = await runProgram('queue-process', JSON.stringify(config), stage).ended;
		expect({ signal, err }).toEqual({ signal: 'SIGKILL', err: '' });
		expect(await effects(db)).toEqual(stage === 'applied' ? { 1: 1 } : { 0: 1 });
		const queue = await startTestQueue({ db, config, settings, doorbells: { 'import-run': importing(db) } });
		await queue.idle();
		expect(await effects(db)).toEqual({ 1: 1 });
	}
);

test('a process killed at any moment loses nothing and repeats nothing', async () => {
	for (const promises of [7, 40]) {
		const busy = runProgram('queue-process', JSON.stringify(config), 'serve');
		await busy.printed(`promised ${promises}`);
		busy.process.kill('SIGKILL');
		await busy.ended;
	}
	const queue = await startTestQueue({ db, config, settings, doorbells: { 'import-run': importing(db) } });
	await queue.idle();
	const promised = await db.category.count({ where: { group: 'import' } });
	expect(promised).toBeGreaterThan(45);
	expect(await effects(db)).toEqual({ 1: promised });
});
