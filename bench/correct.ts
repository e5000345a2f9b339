/**
 * A correction inside the server, of a person with 100,000 transactions of 2,000 merchants who has corrected 1,000 of them before:
 * one transaction, and the first page of what waits. And what their own counts cost an import: predictions per second with them
 * and without.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Server } from 'socket.io';
import { categories } from '#lib/categories.ts';
import { merchantKey, merchantOf } from '#lib/merchant.ts';
import { reviewThreshold } from '#lib/models.ts';
import { Categoriser } from '#models/categorise.ts';
import { readEntries } from '#models/examples.ts';
import { loadBase } from '#models/load.ts';
import { ownCounts } from '#server/categorising/own-counts.ts';
import { seedCategories } from '#server/categories/seed.ts';
import { readConfig } from '#server/config.ts';
import { openDb, sqliteFile } from '#server/db/client.ts';
import { migrate } from '#server/db/migrate.ts';
import { makeLog } from '#server/log.ts';
import { makeModels } from '#server/models/models.ts';
import { makeLive } from '#server/realtime/live.ts';
import { acceptReview } from '#server/review/accept.ts';
import { listReview } from '#server/review/list.ts';
import { setCategory } from '#server/transactions/set-category.ts';
import { median, percentile, report } from './support/figures.ts';

const rows = 100_000;
const merchants = 2_000;
const corrected = 1_000;
const calls = 300;
const userId = 'ana';

const names = readEntries()
	.map(({ text }) => text)
	.filter((_, i) => i % 11 === 0)
	.slice(0, merchants);
const descriptionOf = (i: number) => `KARTENZAHLUNG ${names[i % names.length]!.toUpperCase()} ${i} HAMBURG`;
const idOf = (i: number) => `00000000-0000-7000-8000-${String(i).padStart(12, '0')}`;
const categoryOf = (i: number) => categories[i % categories.length]!.key;

const dataDir = mkdtempSync(join(tmpdir(), 'quits-correct-'));
await migrate({ dataDir });
const db = await openDb({ dataDir });
await seedCategories(db);
fill(sqliteFile(dataDir));
const config = readConfig({ DATA_DIR: dataDir });
const models = makeModels({ config, db, log: makeLog(config.logLevel) });
const app = { db, models, live: makeLive(new Server(), db, false) };
for (let i = 0; i < corrected; i++) {
	await setCategory(app, userId, { id: idOf(i), categoryId: categoryOf(i) });
}

async function timed(work: (call: number) => Promise<unknown>): Promise<number[]> {
	const times: number[] = [];
	for (let call = 0; call < calls; call++) {
		const started = performance.now();
		await work(call);
		times.push(performance.now() - started);
	}
	return times;
}

function tell(name: string, times: readonly number[]): void {
	report({ name: `correct-${name}-median`, value: median(times), unit: 'ms' });
	report({ name: `correct-${name}-p95`, value: percentile(times, 0.95), unit: 'ms' });
}

tell(
	'one',
	await timed((call) => setCategory(app, userId, { id: idOf(5_000 + call), categoryId: categoryOf(call) }))
);
tell(
	'accept-all-like-one',
	await timed((call) =>
		acceptReview(app, userId, { id: idOf(9_000 + call), categoryId: categoryOf(call), all: true })
	)
);
const reader = { id: userId, locale: 'en' };
tell('review-page', await timed(() => listReview({ db, models }, reader, { limit: 20 })));

const model = loadBase();
const own = await ownCounts(db, userId);
const payments = Array.from({ length: 50_000 }, (_, i) => ({
	description: descriptionOf(i),
	amount: -2_500 - (i % 5_000),
	currency: 'EUR'
}));
const speedWith = (counts: typeof own): number => {
	const categoriser = new Categoriser(model, counts, reviewThreshold);
	const started = process.cpuUsage();
	for (const payment of payments) {
		categoriser.decide({ ...payment, payee: merchantOf(payment.description) }); // as an import does
	}
	const { user, system } = process.cpuUsage(started);
	return payments.length / ((user + system) / 1e6);
};
const rounds = Array.from({ length: 5 }, () => [speedWith([]), speedWith(own)] as const);
const without = median(rounds.map(([alone]) => alone));
const speed = median(rounds.map(([, both]) => both));
report({
	name: `correct-predictions-with-${own.length}-own-counts`,
	value: speed,
	unit: 'rows/s',
	ratio: speed / without,
	against: 'the same rows without any'
});
await db.$disconnect();
rmSync(dataDir, { recursive: true, force: true });

function fill(file: string): void {
	const sqlite = new Database(file);
	sqlite.exec(`PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF;
		INSERT INTO "User" ("id", "email", "name", "passwordHash") VALUES ('ana', 'ana@example.org', 'Ana', '');
		INSERT INTO "Account" ("id", "userId", "name", "currency") VALUES ('main', 'ana', 'Main', 'EUR');`);
	const insert = sqlite.prepare(`INSERT INTO "Transaction"
		("id", "userId", "accountId", "date", "amount", "currency", "description", "merchant", "merchantKey", "search",
			"fingerprint", "occurrence", "categoryId", "source", "confidence", "review")
		VALUES (?, 'ana', 'main', ?, ?, 'EUR', ?, ?, ?, ?, ?, 1, ?, 'model', 0.4, ?)`);
	sqlite.transaction(() => {
		for (let i = 0; i < rows; i++) {
			const description = descriptionOf(i);
			const merchant = merchantOf(description);
			const date = new Date(Date.UTC(2016, 0, 1 + (i % 3650))).toISOString().slice(0, 10);
			insert.run(
				...[idOf(i), date, -(100 + (i % 9_000)), description, merchant, merchantKey(merchant)],
				...[description.toLowerCase(), `${date}.${i}`, categoryOf(i * 7), i % 10 === 0 ? 1 : 0]
			);
		}
	})();
	sqlite.close();
}
