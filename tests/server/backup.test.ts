/** Everything in one file, made while it changes, and what is restored from it. */
import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { v7 } from 'uuid';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Header, Line, Row, TableLine } from '#server/backup/format.ts';
import { backUpNightly } from '#server/backup/nightly.ts';
import { restoreBackup } from '#server/backup/restore.ts';
import { writeBackup } from '#server/backup/write.ts';
import { openDb, type DbConfig } from '#server/db/client.ts';
import { putReceipt } from '#server/receipts/put.ts';
import { findMembership } from '#server/groups/membership.ts';
import { apiOf, type Api } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { query } from '../support/catalog.ts';
import { dialect, emptyDatabase, tempDirectory } from '../support/db.ts';
import { makeGroup, type TestGroup } from '../support/group.ts';
import { importStatement } from '../support/person.ts';
import { runProgram } from '../support/run-program.ts';
import { bookings, monthly, statement } from '../support/statement.ts';

const quits = await startTestApp();
const { app } = quits;
const where = app.config;
const ana = await quits.meet('Ana');
const ben = await quits.meet('Ben');
let flat: TestGroup;
let dinner: string;
const gif = new TextEncoder().encode('GIF89a the bill');

beforeAll(async () => {
	await importStatement(
		ana,
		statement([...monthly('Gym', -2990, { from: '2026-01-02', months: 6 }), ...bookings(600)])
	);
	const [first] = (await ana.api.transactions.list.query({})).items;
	await ana.api.transactions.setCategory.mutate({ id: first!.id, categoryId: 'games' });
	await ana.api.transactions.update.mutate({ id: first!.id, note: '"quoted", «ü» 🧾\nsecond line' });
	const food = { currency: 'EUR', amount: 1000, period: 'monthly' } as const;
	await ana.api.budgets.create.mutate({
		name: 'Food',
		categoryIds: ['groceries'],
		...food,
		thresholds: [80]
	});
	flat = await makeGroup(app, [ana, ben], { guests: ['Cleo'] });
	dinner = (await ana.api.expenses.create.mutate(flat.expense())).id;
	await putReceipt(app, await findMembership(app.db, ana.id, flat.id), dinner, gif);
});

const linesOf = (file: string): Line[] =>
	gunzipSync(readFileSync(file))
		.toString()
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as Line);

/** What a backup says of each table, without an order. */
function tablesOf(file: string): Map<string, Set<string>> {
	const tables = new Map<string, Set<string>>();
	let table: TableLine['table'] | undefined;
	for (const line of linesOf(file)) {
		if ('table' in line) tables.set((table = line.table).name, new Set());
		else if (Array.isArray(line)) tables.get(table!.name)!.add(asText(table!, line));
	}
	return tables;
}

const asText = ({ columns }: TableLine['table'], row: Row): string =>
	JSON.stringify(
		columns
			.map(({ name }, at): [string, unknown] => [name, sorted(row[at])])
			.sort(([one], [other]) => (one < other ? -1 : 1))
	);

/** Postgres keeps the keys of an object in an order of its own. */
const sorted = (value: unknown): unknown => {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).map(([key, inner]): [string, unknown] => [key, sorted(inner)]);
	return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
};

const newFile = (): string => join(tempDirectory(), 'quits.backup');
const otherPlace = (): DbConfig => ({ dataDir: join(tempDirectory(), 'data') });

test('what is restored is what there was, in a database of the same kind and of the other', async () => {
	const file = newFile();
	const { rows, receipts } = await writeBackup(where, file);
	expect(receipts).toBe(1);
	expect(statSync(file).mode & 0o777).toBe(0o600);
	const before = tablesOf(file);
	expect([before.get('Transaction')!.size, before.get('Member')!.size]).toEqual([606, 3]);

	// On Postgres there and back: from SQLite to it is the other way round.
	const places = dialect === 'postgres' ? [otherPlace(), await emptyDatabase()] : [otherPlace()];
	let last = file;
	for (const place of places) {
		expect(await restoreBackup(place, last)).toMatchObject({ rows, receipts });
		last = newFile();
		await writeBackup(place, last);
		expect(tablesOf(last)).toEqual(before);
		expect(readFileSync(join(place.dataDir, 'receipts', dinner))).toEqual(Buffer.from(gif));
		expect(readFileSync(join(place.dataDir, 'app-secret'), 'utf8')).toBe(
			readFileSync(join(where.dataDir, 'app-secret'), 'utf8')
		);
		const sum = `SELECT CAST(SUM("amount") AS TEXT) AS "sum" FROM "Transaction"`;
		expect(await query(place, sum)).toEqual(await query(where, sum));
	}
});

test('a restored Quits goes on where the other was: sessions, lists, balances, sums', async () => {
	const file = newFile();
	await writeBackup(where, file);
	const place = await emptyDatabase();
	await restoreBackup(place, file);
	const db = await openDb(place);
	onTestFinished(() => db.$disconnect());
	const there = apiOf({ ...app, db, config: { ...app.config, ...place } }, { token: ana.token });
	const shown = async ({ transactions, groups, budgets }: Api): Promise<unknown[]> => [
		await transactions.list.query({}),
		await transactions.summary.query({}),
		await groups.balances.query({ groupId: flat.id }),
		await budgets.list.query()
	];
	expect(await shown(there)).toEqual(await shown(ana.api));
	await there.expenses.create.mutate(flat.expense());
});

test('made while people write, it is of one moment', async () => {
	let writing = true;
	const write = async (): Promise<void> => {
		for (; writing; await delay(5)) await ben.api.expenses.create.mutate(flat.expense({ amount: 1001 }));
	};
	const writers = [write(), write()];
	onTestFinished(async () => {
		writing = false;
		await Promise.all(writers);
	});
	const before = await query(where, lostChanges);
	for (let round = 0; round < 2; round++) {
		const file = newFile();
		await writeBackup(where, file);
		const place = otherPlace();
		await restoreBackup(place, file);
		expect(await query(place, lostChanges)).toEqual(before);
		expect(await query(place, unevenExpenses)).toEqual([]);
		await delay(50);
	}
});

// Each change of a group is one step of its revision and one activity.
const lostChanges = `SELECT CAST("revision" - (SELECT COUNT(*) FROM "Activity") AS INTEGER) AS "lost" FROM "Group"`;
const unevenExpenses = `SELECT e."id" FROM "Expense" e LEFT JOIN "ExpensePart" p ON p."expenseId" = e."id"
	GROUP BY e."id", e."settleAmount" HAVING COUNT(p."memberId") <> 3 OR SUM(p."share") <> e."settleAmount"`;

test('killed in the middle, it leaves the backup of before', async () => {
	const file = newFile();
	await writeBackup(where, file);
	const before = readFileSync(file);
	const { process: program, printed, ended } = runProgram('backup', JSON.stringify(where), file);
	await printed('begun');
	while (!existsSync(`${file}.unfinished`)) await delay(1);
	program.kill('SIGKILL');
	await ended;
	expect(readFileSync(file).equals(before)).toBe(true);
	await writeBackup(where, file);
	expect(existsSync(`${file}.unfinished`)).toBe(false);
});

test('a restore that breaks leaves the place as it was, and can be repeated', async () => {
	const file = newFile();
	await writeBackup(where, file);
	const cut = newFile();
	writeFileSync(cut, readFileSync(file));
	truncateSync(cut, statSync(file).size - 200);
	const lines = gunzipSync(readFileSync(file)).toString().split('\n');
	const without = (remove: (line: string) => boolean): string => {
		const damaged = newFile();
		writeFileSync(damaged, gzipSync(lines.filter((line) => !remove(line)).join('\n')));
		return damaged;
	};
	const place = await emptyDatabase();
	const before = existsSync(place.dataDir) ? readdirSync(place.dataDir) : [];
	const refused = async (broken: string, why: RegExp): Promise<void> => {
		await expect(restoreBackup(place, broken)).rejects.toThrow(why);
		expect(existsSync(join(place.dataDir, 'app-secret'))).toBe(false);
		expect(existsSync(place.dataDir) ? readdirSync(place.dataDir) : []).toEqual(before);
	};
	await refused(cut, /cut short or damaged/);
	await refused(
		without((line) => line.startsWith('{"end"')),
		/cut short or damaged/
	);
	await refused(
		without((line) => line.includes(ben.id)),
		/should have \d+ rows|refer to what is not there|foreign key/
	);
	await refused(
		without((line) => line.startsWith('{"receipt"')),
		/should have 1 receipts/
	);
	await refused(import.meta.filename, /no backup made by Quits/);
	await refused(`${file}.gone`, /there is no/);
	const { migrations, ...header } = JSON.parse(lines[0]!) as Header;
	const newer = newFile();
	writeFileSync(newer, gzipSync(JSON.stringify({ ...header, migrations: [...migrations, '9_later'] })));
	await refused(newer, /another Quits.*9_later/);
	await restoreBackup(place, file);
	await expect(restoreBackup(place, file)).rejects.toThrow(/people in it already/);
	// The receipts of one Quits never make way for those of another, whatever database is named beside them.
	const beside = { ...(await emptyDatabase()), dataDir: place.dataDir };
	await expect(restoreBackup(beside, file)).rejects.toThrow(/people in it already/);
	expect(readFileSync(join(place.dataDir, 'receipts', dinner))).toEqual(Buffer.from(gif));
});

test('where a Quits runs, nothing is restored; what is no backup is not overwritten', async () => {
	const file = newFile();
	await writeBackup(where, file);
	await expect(restoreBackup(where, file)).rejects.toThrow(/in use by process|Quits runs on this database/);
	const letter = join(tempDirectory(), 'letter.txt');
	writeFileSync(letter, 'Dear Ben');
	await expect(writeBackup(where, letter)).rejects.toThrow(/no backup/);
	expect(readFileSync(letter, 'utf8')).toBe('Dear Ben');
	const directory = tempDirectory();
	await expect(writeBackup(where, directory)).rejects.toThrow(/is a directory: name a file in it/);
	await expect(restoreBackup(otherPlace(), directory)).rejects.toThrow(/is a directory: name a file in it/);
});

test('with another secret it says what cannot be read then', async () => {
	const file = newFile();
	await writeBackup({ ...where, appSecret: 'a secret that is set from outside' }, file);
	expect(linesOf(file)[0]).not.toHaveProperty('secret');
	const restored = await restoreBackup(otherPlace(), file);
	expect(restored.warning).toMatch(/APP_SECRET is not the one/);
	const same = { ...otherPlace(), appSecret: 'a secret that is set from outside' };
	expect(await restoreBackup(same, file)).not.toHaveProperty('warning');
});

test('of the nightly ones seven stay, and none goes before there is a new one', async () => {
	const directory = join(where.dataDir, 'backups');
	const night = (day: number) => backUpNightly(app, v7(), new Date(Date.UTC(2026, 9, day, 3, 43)));
	for (let day = 1; day <= 9; day++) await night(day);
	writeFileSync(join(directory, 'quits-2026-10-10.backup'), 'in the way');
	await expect(night(10)).rejects.toThrow(/no backup/);
	const days = Array.from({ length: 8 }, (_, n) => `quits-2026-10-${String(n + 3).padStart(2, '0')}.backup`);
	expect(readdirSync(directory).sort()).toEqual(days);
	expect((await restoreBackup(otherPlace(), join(directory, days[6]!))).receipts).toBe(1);
});
