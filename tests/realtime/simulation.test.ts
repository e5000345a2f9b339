/** Groups under everything that happens to them at once. `npm run sim` plays more of the same. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '#server/config.ts';
import { dialect, migratedDatabase } from '../support/db.ts';
import { keptLog, prepareQueueDirectory } from '../support/queue.ts';
import { startHere, type SimulatedQuits } from '../support/simulation/quits.ts';
import { addTotals, noTotals, playTogether } from '../support/simulation/simulate.ts';

const together = 5;
const seeds = dialect === 'sqlite' ? 50 : 20;

const { log, lines } = keptLog();
let quits: SimulatedQuits;
const totals = noTotals();

beforeAll(async () => {
	const where = await migratedDatabase();
	await prepareQueueDirectory(where);
	const config = readConfig({
		DATA_DIR: where.dataDir,
		DATABASE_URL: where.databaseUrl,
		RATE_LIMITS: 'off'
	});
	quits = await startHere(config, log);
});
afterAll(async () => {
	await quits.stop();
	console.log(`simulation: ${JSON.stringify(totals)}`);
});

const batches = Array.from({ length: seeds / together }, (_, batch) =>
	Array.from({ length: together }, (_, at) => batch * together + at + 1)
);

test.each(batches.map((batch) => ({ from: batch[0], to: batch.at(-1), batch })))(
	'seeds $from to $to end with everybody seeing the same, and nothing lost or done twice',
	async ({ batch }) => {
		const { totals: more, failed } = await playTogether(quits, batch);
		addTotals(totals, more);
		expect(failed.map(({ message }) => message)).toEqual([]);
		expect(lines.filter(({ level }) => level >= 50)).toEqual([]);
	},
	180_000
);
