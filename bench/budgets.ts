/**
 * The look at all budgets that the clock asks for: 10,000 of 1,000 people on SQLite, with a year of transactions each, and 1,000 of
 * 100 people to see that the time grows in proportion. Once with alerts to raise, and then as most looks are, with nothing new;
 * against one prepared sum over the transactions of each budget and nothing else.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Server } from 'socket.io';
import { v7 } from 'uuid';
import { usualPeriods, periodOn, type Period } from '#lib/budgets/period.ts';
import { categories } from '#lib/categories.ts';
import { addDays } from '#lib/dates.ts';
import { checkBudgets } from '#server/budgets/check.ts';
import { seedCategories } from '#server/categories/seed.ts';
import { openDb, sqliteFile } from '#server/db/client.ts';
import { migrate } from '#server/db/migrate.ts';
import { makeLog } from '#server/log.ts';
import { makeLive } from '#server/realtime/live.ts';
import { median, report } from './support/figures.ts';

const budgetsEach = 10;
const transactionsEach = 600;
const looks = 5;
const today = '2026-06-20';
const now = new Date(`${today}T12:01:00Z`);

type Measured = { first: number; raised: number; look: number; bare: number };

await measure(10); // so that the first one measured pays for no compiling
const few = await measure(100);
const many = await measure(1000);

report({
	name: 'budgets-first-check-10000',
	value: many.first,
	unit: 's',
	ratio: many.first / few.first,
	against: 'the same of 1,000 budgets'
});
report({ name: 'budgets-first-check-10000-alerts', value: many.raised, unit: 'alerts' });
report({
	name: 'budgets-check-10000',
	value: many.look,
	unit: 's',
	ratio: many.look / few.look,
	against: 'the same of 1,000 budgets'
});
report({
	name: 'budgets-check-10000-bare',
	value: many.look,
	unit: 's',
	ratio: many.look / many.bare,
	against: 'one prepared sum for each budget'
});

async function measure(people: number): Promise<Measured> {
	const dataDir = mkdtempSync(join(tmpdir(), 'quits-budgets-'));
	await migrate({ dataDir });
	const db = await openDb({ dataDir });
	await seedCategories(db);
	const file = new Database(sqliteFile(dataDir));
	file.pragma('cache_size = -2000'); // what the server's reader has
	const budgets = fill(file, people);
	const app = { db, live: makeLive(new Server(), db, false), log: makeLog('error') };
	const look = () => timed(() => checkBudgets(app, {}, v7(), now));

	const first = await look();
	const raised = await db.alert.count();
	const times: number[] = [];
	const bareTimes: number[] = [];
	for (let n = 0; n < looks; n++) {
		times.push(await look());
		bareTimes.push(await timed(() => Promise.resolve(sumAll(file, budgets))));
	}
	if ((await db.alert.count()) !== raised || raised === 0) throw new Error('these alerts are wrong');
	if ((await db.budget.count({ where: { checkedFor: null } })) > 0) throw new Error('some were left out');
	await db.$disconnect();
	file.close();
	rmSync(dataDir, { recursive: true, force: true });
	return { first, raised, look: median(times), bare: median(bareTimes) };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
	const started = performance.now();
	await work();
	return (performance.now() - started) / 1000;
}

type Budget = { userId: string; categoryIds: string[]; start: string; end: string };

/** One sum after the other: what spending is asked for, without carrying over, own shares, thresholds and alerts. */
function sumAll(file: Database.Database, budgets: readonly Budget[]): bigint {
	const whose = '"userId" = ? AND "date" BETWEEN ? AND ?';
	const everything = file.prepare(`SELECT SUM("amount") FROM "Transaction" WHERE ${whose}`).pluck();
	const some = file
		.prepare(
			`SELECT SUM("amount") FROM "Transaction" WHERE ${whose} AND "categoryId" IN (SELECT "value" FROM json_each(?))`
		)
		.pluck();
	let sum = 0n;
	for (const { userId, categoryIds, start, end } of budgets) {
		const chosen = categoryIds.length > 0 ? [JSON.stringify(categoryIds)] : [];
		const found: unknown = (chosen.length > 0 ? some : everything).get(userId, start, end, ...chosen);
		sum += BigInt((found as number | null) ?? 0);
	}
	return sum;
}

/** What people have budgets for: a category or a few, some over all; of most periods, some rolling over, some of one's share. */
function budgetOf(n: number): { categoryIds: string[]; period: Period; rollOver: number; ownShare: number } {
	const periods = [...Array<Period>(6).fill(usualPeriods.monthly), ...Object.values(usualPeriods)];
	const chosen = Array.from(
		{ length: 1 + (n % 3) },
		(_, k) => categories[(n * 7 + k * 3) % categories.length]!.key
	);
	return {
		categoryIds: n % budgetsEach === 0 ? [] : chosen,
		period: periods[n % periods.length]!,
		rollOver: n % budgetsEach === 1 ? 1 : 0,
		ownShare: n % budgetsEach === 2 ? 1 : 0
	};
}

function fill(file: Database.Database, people: number): Budget[] {
	file.exec('PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF;');
	const user = file.prepare('INSERT INTO "User" ("id", "email", "name", "passwordHash") VALUES (?, ?, ?, ?)');
	const account = file.prepare(
		'INSERT INTO "Account" ("id", "userId", "name", "currency") VALUES (?, ?, ?, ?)'
	);
	const transaction = file.prepare(`INSERT INTO "Transaction"
		("id", "userId", "accountId", "date", "amount", "currency", "description", "merchant", "merchantKey", "search",
		"fingerprint", "occurrence", "categoryId") VALUES (?, ?, ?, ?, ?, 'EUR', ?, 'Shop', 'shop', 'shop', ?, 1, ?)`);
	const budget =
		file.prepare(`INSERT INTO "Budget" ("id", "userId", "name", "categoryIds", "currency", "amounts", "period",
		"startDate", "rollOver", "ownShare", "thresholds") VALUES (?, ?, ?, ?, 'EUR', ?, ?, ?, ?, ?, '[50,80,100]')`);
	const budgets: Budget[] = [];
	file.transaction(() => {
		for (let person = 0; person < people; person++) {
			const [userId, accountId] = [v7(), v7()];
			user.run(userId, `${userId}@example.org`, `Person ${person}`, '');
			account.run(accountId, userId, 'Giro', 'EUR');
			for (let n = 0; n < transactionsEach; n++) {
				const id = v7();
				const date = addDays(today, -Math.floor((n * 365) / transactionsEach));
				const { key } = categories[(n * 11 + person) % categories.length]!;
				transaction.run(id, userId, accountId, date, -(300 + ((n * 37) % 4000)), `Shop ${n}`, id, key);
			}
			for (let n = 0; n < budgetsEach; n++) {
				const at = person * budgetsEach + n;
				const { categoryIds, period, rollOver, ownShare } = budgetOf(at);
				const { start, end } = periodOn(period, today);
				const startDate = rollOver ? periodOn(period, '2025-07-01').start : start;
				// So much that now and then one crosses a threshold.
				const amounts = [{ from: startDate, amount: at % 50 === 7 ? 100 : 10_000_000 }];
				const json = [categoryIds, amounts, period].map((value) => JSON.stringify(value));
				budget.run(v7(), userId, `Budget ${n}`, json[0], json[1], json[2], startDate, rollOver, ownShare);
				budgets.push({ userId, categoryIds, start: rollOver ? startDate : start, end });
			}
		}
	})();
	return budgets;
}
