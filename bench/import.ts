/**
 * A 100,000-row statement from the request to done on the embedded default, against a bare better-sqlite3 prepared insert of the
 * very rows that came out of it, into the same tables with the same indexes and the same durability; and what somebody else
 * notices meanwhile.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { sqliteFile } from '#server/db/client.ts';
import { median, percentile, report } from './support/figures.ts';
import { signUp, startServer } from './support/server.ts';
import { statementCsv } from './support/statement.ts';

const rows = 100_000;
const rounds = 3;

const server = await startServer();
const other = await signUp(server.url, 'ben');
await other.ended(await other.upload(statementCsv(2_000, 7)));

const speeds: number[] = [];
const waits: number[] = [];
for (let round = 0; round < rounds; round++) {
	const person = await signUp(server.url, `ana${round}`);
	const csv = statementCsv(rows, 100 + round);
	const started = performance.now();
	let running = true;
	const visits = (async () => {
		while (running) {
			const asked = performance.now();
			await other.call('transactions.list', { limit: 50 });
			waits.push(performance.now() - asked);
			await delay(20);
		}
	})();
	const end = await person.ended(await person.upload(csv));
	speeds.push(rows / ((performance.now() - started) / 1000));
	running = false;
	await visits;
	if (end.status !== 'done' || end.imported !== rows)
		throw new Error(`the import ended as ${JSON.stringify(end)}`);
	person.leave();
}
const peak = await server.peakMb();
other.leave();
await server.stop(true);

const bare: number[] = [];
for (let round = 0; round < rounds; round++) bare.push(bareInsert(sqliteFile(server.dataDir), round));
rmSync(server.dataDir, { recursive: true, force: true });

const speed = median(speeds);
report({
	name: 'import-100k-request-to-done',
	value: speed,
	unit: 'rows/s',
	ratio: speed / median(bare),
	against: 'bare better-sqlite3 prepared insert of the same rows'
});
report({ name: 'import-100k-bare-insert', value: median(bare), unit: 'rows/s' });
report({ name: 'import-100k-peak-rss', value: peak, unit: 'MB' });
report({ name: 'import-100k-others-page-p95', value: percentile(waits, 0.95), unit: 'ms' });

/** Rows per second of one prepared insert in one transaction, into an empty database with the same tables. */
function bareInsert(source: string, round: number): number {
	const folder = mkdtempSync(join(tmpdir(), 'quits-bare-'));
	const from = new Database(source, { readonly: true });
	const upload = from
		.prepare('SELECT * FROM "Upload" WHERE "imported" = ? ORDER BY "id" LIMIT 1 OFFSET ?')
		.get(rows, round) as { id: string };
	const finished = from
		.prepare('SELECT * FROM "Transaction" WHERE "uploadId" = ? ORDER BY "line"')
		.all(upload.id) as Record<string, unknown>[];
	const ddl = from
		.prepare(
			`SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name = 'Transaction' ORDER BY type DESC`
		)
		.pluck()
		.all() as string[];
	from.close();
	const to = new Database(join(folder, 'bare.db'));
	to.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=OFF');
	for (const statement of ddl) to.exec(statement);
	const columns = Object.keys(finished[0]!);
	const insert = to.prepare(
		`INSERT INTO "Transaction" (${columns.map((c) => `"${c}"`)}) VALUES (${columns.map(() => '?')})`
	);
	const started = performance.now();
	to.transaction(() => {
		for (const row of finished) insert.run(Object.values(row));
	})();
	const seconds = (performance.now() - started) / 1000;
	to.close();
	rmSync(folder, { recursive: true, force: true });
	return finished.length / seconds;
}
