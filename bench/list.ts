/**
 * The transactions page inside the server, at 100,000 and at 1,000,000 rows of one person: the first page, a deep one, and pages
 * under each kind of filter. One figure each: the 95th percentile of 200 calls, and its ratio to the same page at 100,000.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { categories } from '#lib/categories.ts';
import { openDb, sqliteFile } from '#server/db/client.ts';
import { migrate } from '#server/db/migrate.ts';
import { seedCategories } from '#server/categories/seed.ts';
import { listTransactions, type TransactionFilter } from '#server/transactions/list.ts';
import { percentile, report } from './support/figures.ts';

const calls = 200;
const pageSize = 50;
const reader = { id: 'ana', locale: 'en' };

const pages: Record<string, { filter: TransactionFilter; depth: number }> = {
	first: { filter: {}, depth: 0 },
	deep: { filter: {}, depth: 0.9 },
	category: { filter: { categoryId: 'groceries' }, depth: 0 },
	'category-deep': { filter: { categoryId: 'groceries' }, depth: 0.9 },
	group: { filter: { categoryId: 'food_drink' }, depth: 0.5 },
	account: { filter: { accountId: 'savings' }, depth: 0 },
	dates: { filter: { from: '2019-03-01', to: '2019-04-30' }, depth: 0 },
	review: { filter: { review: true }, depth: 0 },
	'search-common': { filter: { q: 'merchant 7' }, depth: 0 },
	'search-rare': { filter: { q: 'needle' }, depth: 0 }
};

const folder = mkdtempSync(join(tmpdir(), 'quits-list-'));
const before = new Map<string, number>();
for (const rows of [100_000, 1_000_000]) {
	const dataDir = join(folder, String(rows));
	const config = { dataDir };
	await migrate(config);
	const db = await openDb(config);
	await seedCategories(db);
	fill(sqliteFile(dataDir), rows);
	for (const [name, { filter, depth }] of Object.entries(pages)) {
		const cursor = depth > 0 ? `${dateAt(Math.floor(rows * (1 - depth)), rows)}_zzzz` : undefined;
		const times: number[] = [];
		for (let call = 0; call < calls; call++) {
			const started = performance.now();
			await listTransactions(db, reader, { ...filter, limit: pageSize, cursor });
			times.push(performance.now() - started);
		}
		const p95 = percentile(times, 0.95);
		const smaller = before.get(name);
		report({
			name: `list-${name}-${rows / 1000}k-p95`,
			value: p95,
			unit: 'ms',
			...(smaller !== undefined && { ratio: p95 / smaller, against: 'the same page at 100,000 rows' })
		});
		before.set(name, p95);
	}
	await db.$disconnect();
}
rmSync(folder, { recursive: true, force: true });

/** Row `i` of `rows` falls on this day: ten years, evenly. */
function dateAt(i: number, rows: number): string {
	return new Date(Date.UTC(2016, 0, 1) + Math.floor((i / rows) * 3650) * 86_400_000)
		.toISOString()
		.slice(0, 10);
}

function fill(file: string, rows: number): void {
	const db = new Database(file);
	db.exec(`PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF;
		INSERT INTO "User" ("id", "email", "name", "passwordHash") VALUES ('ana', 'ana@example.org', 'Ana', '');
		INSERT INTO "Account" ("id", "userId", "name", "currency") VALUES ('main', 'ana', 'Main', 'EUR'), ('savings', 'ana', 'Savings', 'EUR');`);
	const insert = db.prepare(`INSERT INTO "Transaction"
		("id", "userId", "accountId", "date", "amount", "currency", "description", "merchant", "merchantKey", "search",
			"fingerprint", "occurrence", "categoryId", "source", "confidence", "review")
		VALUES (?, 'ana', ?, ?, ?, 'EUR', ?, ?, ?, ?, ?, 1, ?, 'model', 0.9, ?)`);
	db.transaction(() => {
		for (let i = 0; i < rows; i++) {
			const merchant = i % 20_011 === 0 ? 'Needle & Co' : `Merchant ${i % 997}`;
			const date = dateAt(i, rows);
			const search = `card payment ${i} ${merchant.toLowerCase()}`;
			insert.run(
				String(i).padStart(12, '0'),
				i % 50 === 0 ? 'savings' : 'main',
				date,
				-(i % 10_000),
				`Card payment ${i} ${merchant}`,
				merchant,
				merchant.toLowerCase(),
				search,
				`${date}.${i}`,
				categories[i % categories.length]!.key,
				i % 200 === 0 ? 1 : 0
			);
		}
	})();
	db.close();
}
