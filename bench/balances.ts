/**
 * The balances of a group with 10,000 expenses among 20 members on SQLite: as most calls find them, since nothing has changed
 * since the last one; after each of a row of changes, when they are summed anew; and by 100 people who ask at once after one
 * change, as an event makes them. Against the bare sum over the same rows.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { v7 } from 'uuid';
import { openDb, sqliteFile } from '#server/db/client.ts';
import { migrate } from '#server/db/migrate.ts';
import { groupBalances } from '#server/groups/balances.ts';
import { findMembership } from '#server/groups/membership.ts';
import { median, percentile, report } from './support/figures.ts';

const expenses = 10_000;
const people = 20;
const changes = 40;

const dataDir = mkdtempSync(join(tmpdir(), 'quits-balances-'));
await migrate({ dataDir });
const db = await openDb({ dataDir });
const file = new Database(sqliteFile(dataDir));
file.pragma('cache_size = -2000'); // what the server's reader has
const groupId = v7();
fill();
const membership = await findMembership(db, 'ana', groupId);

const change = (): void => void file.prepare('UPDATE "Group" SET "revision" = "revision" + 1').run();
async function timed(work: () => Promise<unknown>): Promise<number> {
	const started = performance.now();
	await work();
	return performance.now() - started;
}

const bare = file.prepare(
	'SELECT "memberId", "currency", SUM("net") FROM "ExpensePart" WHERE "groupId" = ? GROUP BY "memberId", "currency"'
);
const sum: number[] = [];
const cold: number[] = [];
for (let n = 0; n < changes; n++) {
	change();
	sum.push(await timed(async () => bare.all(groupId)));
	cold.push(await timed(() => groupBalances(db, membership)));
}
const warm: number[] = [];
for (let n = 0; n < 500; n++) warm.push(await timed(() => groupBalances(db, membership)));
const crowd: number[] = [];
for (let n = 0; n < 10; n++) {
	change();
	crowd.push(
		await timed(() => Promise.all(Array.from({ length: 100 }, () => groupBalances(db, membership))))
	);
}
const { members, debts } = await groupBalances(db, membership);
const total = members.flatMap(({ balances }) => balances).reduce((all, { amount }) => all + amount, 0);
if (total !== 0 || debts.length === 0 || debts.length >= people) throw new Error('these balances are wrong');

report({ name: 'balances-median', value: median(warm), unit: 'ms' });
report({ name: 'balances-p95', value: percentile(warm, 0.95), unit: 'ms' });
report({
	name: 'balances-after-a-change',
	value: median(cold),
	unit: 'ms',
	ratio: median(cold) / median(sum),
	against: 'the bare sum over the same 200,000 index entries'
});
report({
	name: 'balances-after-a-change-for-100-at-once',
	value: median(crowd),
	unit: 'ms',
	ratio: median(crowd) / median(cold),
	against: 'for one'
});
await db.$disconnect();
file.close();
rmSync(dataDir, { recursive: true, force: true });

function fill(): void {
	file.exec(`PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF;
		INSERT INTO "User" ("id", "email", "name", "passwordHash") VALUES ('ana', 'ana@example.org', 'Ana', '')`);
	const memberIds = Array.from({ length: people }, () => v7());
	const part = file.prepare('INSERT INTO "ExpensePart" VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
	const settlement = file.prepare(`INSERT INTO "Settlement"
		("id", "groupId", "fromId", "toId", "currency", "amount", "date", "status", "createdById")
		VALUES (?, ?, ?, ?, 'EUR', ?, '2026-03-01', 'confirmed', ?)`);
	const expense =
		file.prepare(`INSERT INTO "Expense" ("id", "groupId", "description", "date", "currency", "amount",
		"settleCurrency", "settleAmount", "split", "payers", "createdById", "updatedAt")
		VALUES (?, ?, 'Dinner', '2026-03-01', 'EUR', ?, 'EUR', ?, '{}', '[]', ?, 0)`);
	file.transaction(() => {
		file
			.prepare('INSERT INTO "Group" ("id", "name", "currency", "revision") VALUES (?, ?, ?, ?)')
			.run(groupId, 'Many', 'EUR', expenses);
		for (const [at, id] of memberIds.entries()) {
			file
				.prepare('INSERT INTO "Member" ("id", "groupId", "userId", "name", "role") VALUES (?, ?, ?, ?, ?)')
				.run(id, groupId, at === 0 ? 'ana' : null, `Member ${at}`, at === 0 ? 'owner' : 'guest');
		}
		for (let n = 0; n < expenses; n++) {
			const id = v7();
			const odd = n % people;
			const amount = 1000 * people + odd;
			const payer = (n * 7) % people;
			expense.run(id, groupId, amount, amount, memberIds[payer]);
			for (const [at, memberId] of memberIds.entries()) {
				const paid = at === payer ? amount : 0;
				const share = 1000 + (at < odd ? 1 : 0);
				part.run(id, memberId, groupId, 'EUR', paid, share, paid - share, at < odd ? 1 : 0);
			}
			if (n % 20 === 0) {
				const [from, to] = [memberIds[n % 19]!, memberIds[(n % 19) + 1]!];
				settlement.run(v7(), groupId, from, to, 100 + (n % 977), from);
			}
		}
	})();
}
