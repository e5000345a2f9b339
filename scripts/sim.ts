/** `npm run sim -- --seeds N [--from S] [--on postgres]`: plays the simulation of groups for longer than the tests do. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '#server/config.ts';
import { makeLog } from '#server/log.ts';
import { startPostgres } from '../tests/support/postgres.ts';
import { startHere } from '../tests/support/simulation/quits.ts';
import { addTotals, noTotals, playTogether } from '../tests/support/simulation/simulate.ts';

const { values } = parseArgs({
	options: {
		seeds: { type: 'string', default: '200' },
		from: { type: 'string', default: '1' },
		/** How many seeds share a server, and its restart. */
		together: { type: 'string', default: '5' },
		on: { type: 'string', default: 'sqlite' }
	}
});
const whole = (name: 'seeds' | 'from' | 'together'): number => {
	const number = Number(values[name]);
	if (Number.isInteger(number) && number > 0) return number;
	console.error(`--${name} takes a whole number above zero`);
	process.exit(2);
};
const [seeds, from, together] = [whole('seeds'), whole('from'), whole('together')];

const directory = mkdtempSync(join(tmpdir(), 'quits-sim-'));
const postgres = values.on === 'postgres' ? await startPostgres() : undefined;
const config = readConfig({
	DATA_DIR: directory,
	DATABASE_URL: postgres?.url('postgres'),
	RATE_LIMITS: 'off'
});
const quits = await startHere(config, makeLog('error'));

const totals = noTotals();
const failed: number[] = [];
const started = performance.now();
for (let first = from; first < from + seeds; first += together) {
	const batch = Array.from({ length: Math.min(together, from + seeds - first) }, (_, at) => first + at);
	const { totals: more, failed: some } = await playTogether(quits, batch);
	addTotals(totals, more);
	for (const { seed, message } of some) {
		failed.push(seed);
		console.error(message);
	}
	console.error(`${totals.seeds} of ${seeds} seeds well, ${failed.length} not`);
}
const seconds = Math.round((performance.now() - started) / 1000);
await quits.stop();
await postgres?.stop();
rmSync(directory, { recursive: true, force: true });
console.log(
	JSON.stringify({ on: values.on, ...totals, slowestCalm: Math.round(totals.slowestCalm), seconds, failed })
);
process.exit(failed.length > 0 ? 1 : 0);
