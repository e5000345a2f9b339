/**
 * A Quits process reduced to its queue, for tests that kill or freeze one: node queue-process.ts CONFIG STAGE.
 * An import's effect is to add 1 to `sort` of the category that the upload id names. The stage says when to die:
 *
 * - promised: after the commit that promises the job, before it is handed over
 * - handed-over: once the queue has it
 * - begun: in the handler, before any effect
 * - applied: in the handler, after its effects
 * - serve: when killed; promises and runs jobs all the time until then
 * - hold: when killed; does nothing
 * - freeze: after its handler, which begins only when the file DATA_DIR/thaw exists, has printed whether it applied
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { v7 } from 'uuid';
import { inTx, isPostgres, openDb, type Db, type DbConfig } from '#server/db/client.ts';
import { makeLog } from '#server/log.ts';
import { claimDone, enqueue } from '#server/outbox.ts';
import { startQueue } from '#server/queue/queue.ts';
import { queueNames, queueSettings } from '#server/queue/queues.ts';
import type { Settings } from '#server/queue/boss.ts';
import type { Doorbells, OnDead } from '#server/queue/workers.ts';

const config = JSON.parse(process.argv[2] ?? '') as DbConfig;
const stage = process.argv[3] ?? '';
const die = (): void => void process.kill(process.pid, 'SIGKILL');
const nothing = async (): Promise<void> => {};

const promiseImport = (db: Db): Promise<string> =>
	inTx(db, async (tx) => {
		const uploadId = v7();
		await tx.category.create({ data: { id: uploadId, group: 'import', sort: 0 } });
		return enqueue(tx, 'import-run', { uploadId });
	});

const apply = (db: Db, id: string, uploadId: string): Promise<boolean> =>
	inTx(db, async (tx) => {
		if (!(await claimDone(tx, id))) return false;
		await tx.category.update({ where: { id: uploadId }, data: { sort: { increment: 1 } } });
		return true;
	});

async function runImport(uploadId: string, id: string): Promise<void> {
	if (stage === 'begun') die();
	if (stage === 'freeze') {
		console.log('begun');
		while (!existsSync(join(config.dataDir, 'thaw'))) await delay(20);
	}
	const applied = await apply(db, id, uploadId);
	if (stage === 'applied') die();
	if (stage === 'freeze') {
		console.log(`applied: ${applied}`);
		process.exit();
	}
}

const handlers = queueNames.map((name) => [name, nothing]);
const nothings = Object.fromEntries(handlers) as Doorbells & OnDead;

const db = await openDb(config);
if (stage === 'promised') {
	await promiseImport(db);
	die();
}
// On Postgres other processes may be alive, so what a dead one left behind is taken up after its time; else at once.
const limits = isPostgres(config) ? { expire: 2, heartbeat: 10 } : { expire: 900, heartbeat: 900 };
const short = queueNames.map((name) => [name, { ...queueSettings[name], ...limits, retryDelay: 1 }]);
const queue = await startQueue({
	config,
	db,
	log: makeLog('silent'),
	work: stage !== 'handed-over',
	doorbells: { ...nothings, 'import-run': ({ uploadId }, { id }) => runImport(uploadId, id) },
	onDead: nothings,
	settings: Object.fromEntries(short) as Settings
});
while (!queue.ready()) await delay(10);
console.log('up');
if (stage !== 'hold') {
	const id = await promiseImport(db);
	while (stage === 'handed-over') {
		if ((await db.outbox.findUniqueOrThrow({ where: { id } })).sentAt) die();
		await delay(5);
	}
}
for (let promised = 1; stage === 'serve'; promised++) {
	console.log(`promised ${promised}`);
	await promiseImport(db);
}
