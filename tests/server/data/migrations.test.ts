import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { migrate } from '#server/db/migrate.ts';
import { migrationsDirectory, readMigrations } from '#server/db/migrations.ts';
import { diffSchemas } from '../../../scripts/schema-engine.ts';
import { describeDatabase, execute, query } from '../../support/catalog.ts';
import { dialect, emptyDatabase, migratedDatabase, tempDirectory } from '../../support/db.ts';
import { runProgram } from '../../support/run-program.ts';

const parents = 'CREATE TABLE "Parent" ("id" INTEGER NOT NULL PRIMARY KEY, "name" TEXT NOT NULL);';
const children = `CREATE TABLE "Child" ("id" INTEGER NOT NULL PRIMARY KEY,
	"parent" INTEGER NOT NULL REFERENCES "Parent" ("id") ON DELETE CASCADE);`;

// Takes long enough for the others to arrive meanwhile.
const manyRows = `INSERT INTO "Parent" WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)
	SELECT i, 'Ada' FROM n;`;

/** A directory of migrations for this dialect, given as name → SQL, and how to change it. */
function migrations(files: Record<string, string>) {
	const directory = tempDirectory();
	mkdirSync(join(directory, dialect));
	const file = (name: string) => join(directory, dialect, name, 'migration.sql');
	const add = (name: string, sql: string): void => {
		mkdirSync(join(directory, dialect, name));
		writeFileSync(file(name), sql);
	};
	for (const [name, sql] of Object.entries(files)) add(name, sql);
	const remove = (name: string): void => rmSync(join(directory, dialect, name), { recursive: true });
	return { directory, file, add, remove };
}

const history = { '1_parents': parents, '2_children': children };

test('migrations are applied once, in order, and recorded as Prisma does', async () => {
	const config = await emptyDatabase();
	const { directory } = migrations(history);
	expect(await migrate(config, { directory })).toEqual(['1_parents', '2_children']);
	expect(await migrate(config, { directory })).toEqual([]);
	const rows = await query(config, 'SELECT * FROM _prisma_migrations ORDER BY migration_name');
	expect(rows).toMatchObject([
		{ migration_name: '1_parents', applied_steps_count: 1, rolled_back_at: null, logs: null },
		{ migration_name: '2_children', applied_steps_count: 1 }
	]);
	for (const row of rows) {
		expect(row.checksum).toMatch(/^[0-9a-f]{64}$/);
		expect(row.finished_at).toBeTruthy();
	}
});

test('six processes that start at once apply each migration once', async () => {
	const config = await emptyDatabase();
	const { directory } = migrations({ ...history, '3_many_rows': manyRows });
	const ends = await Promise.all(
		Array.from({ length: 6 }, () => runProgram('migrate', JSON.stringify(config), directory).ended)
	);
	expect(ends.map(({ code, err }) => ({ code, err }))).toEqual(Array(6).fill({ code: 0, err: '' }));
	const applied = ends.flatMap(({ out }) => JSON.parse(out) as string[]);
	expect(applied.sort()).toEqual(['1_parents', '2_children', '3_many_rows']);
});

test('a rebuilt table keeps the rows that refer to it', async () => {
	const config = await emptyDatabase();
	const files = migrations(history);
	await migrate(config, files);
	await execute(
		config,
		`INSERT INTO "Parent" VALUES (1, 'Ada'); INSERT INTO "Child" VALUES (10, 1), (11, 1)`
	);
	// What the schema engine writes for a changed column; with Postgres a rebuild is an ALTER TABLE.
	const rebuild = {
		sqlite: `PRAGMA defer_foreign_keys=ON; PRAGMA foreign_keys=OFF;
			CREATE TABLE "new_Parent" ("id" INTEGER NOT NULL PRIMARY KEY, "name" TEXT);
			INSERT INTO "new_Parent" SELECT * FROM "Parent"; DROP TABLE "Parent";
			ALTER TABLE "new_Parent" RENAME TO "Parent"; PRAGMA foreign_keys=ON; PRAGMA defer_foreign_keys=OFF;`,
		postgres: 'ALTER TABLE "Parent" ALTER COLUMN "name" DROP NOT NULL;'
	};
	files.add('3_rebuild', rebuild[dialect]);
	await migrate(config, files);
	expect(await query(config, 'SELECT * FROM "Child" ORDER BY "id"')).toEqual([
		{ id: 10, parent: 1 },
		{ id: 11, parent: 1 }
	]);
});

test('a migration that fails leaves nothing behind, and can be mended', async () => {
	const config = await emptyDatabase();
	const files = migrations({
		...history,
		'3_broken': `CREATE TABLE "Half" ("id" INTEGER); INSERT INTO "Nowhere" VALUES (1);`
	});
	await expect(migrate(config, files)).rejects.toThrow(/Nowhere/);
	await expect(query(config, 'SELECT * FROM "Half"')).rejects.toThrow(/Half/);
	writeFileSync(files.file('3_broken'), 'CREATE TABLE "Whole" ("id" INTEGER);');
	expect(await migrate(config, files)).toEqual(['3_broken']);
});

test('a migration that was edited after it was applied stops the start', async () => {
	const config = await emptyDatabase();
	const files = migrations(history);
	await migrate(config, files);
	appendFileSync(files.file('1_parents'), ' -- improved');
	await expect(migrate(config, files)).rejects.toThrow('1_parents was edited');
});

test('a database that is newer than the build stops the start', async () => {
	const config = await emptyDatabase();
	const files = migrations(history);
	await migrate(config, files);
	files.remove('2_children');
	await expect(migrate(config, files)).rejects.toThrow('older than the database');
});

test('a migration that sorts before an applied one stops the start', async () => {
	const config = await emptyDatabase();
	const files = migrations(history);
	await migrate(config, files);
	files.add('1_late', 'CREATE TABLE "Late" ("id" INTEGER);');
	await expect(migrate(config, files)).rejects.toThrow('1_late sorts before 2_children');
});

test('a migration that was started and never finished stops the start, until it is marked as rolled back', async () => {
	const config = await emptyDatabase();
	const files = migrations(history);
	await migrate(config, files);
	await execute(
		config,
		`UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '2_children'`
	);
	await expect(migrate(config, files)).rejects.toThrow('2_children was started and never finished');
	await execute(
		config,
		`DROP TABLE "Child"; UPDATE _prisma_migrations SET rolled_back_at = started_at WHERE migration_name = '2_children'`
	);
	expect(await migrate(config, files)).toEqual(['2_children']);
});

test('the migrations lead to the tables of prisma/schema.prisma', async () => {
	const saved = readFileSync(join(migrationsDirectory(), 'schema.prisma'), 'utf8');
	const schema = readFileSync(join(migrationsDirectory(), '../schema.prisma'), 'utf8');
	expect(await diffSchemas(dialect, saved, schema), 'run npm run db:diff').toBe('');

	const migrated = await migratedDatabase();
	const fresh = await emptyDatabase();
	await execute(fresh, await diffSchemas(dialect, null, schema));
	const built = await describeDatabase(migrated);
	expect(built.length).toBeGreaterThan(50);
	expect(built).toEqual(await describeDatabase(fresh));
});

test('both databases get the same migrations, but for those that concern one of them', () => {
	const names = (which: 'sqlite' | 'postgres') =>
		readMigrations(migrationsDirectory(), which).map(({ name }) => name);
	const onlyOne = new Set(names('sqlite')).symmetricDifference(new Set(names('postgres')));
	expect([...onlyOne].map((name) => name.replace(/^\d+_/, ''))).toEqual(['socket_io_attachments']);
});

test('the one link that a payment had to a bank goes to the side whose account that is on', async () => {
	const config = await emptyDatabase();
	const all = readMigrations(migrationsDirectory(), dialect);
	const at = all.findIndex(({ name }) => name.endsWith('_own_bank_links'));
	const before = all.slice(0, at).map(({ name, sql }) => [name, sql]);
	const files = migrations(Object.fromEntries(before) as Record<string, string>);
	await migrate(config, files);
	const people = ['ana', 'ben'];
	const each = (sql: (who: string) => string) => people.map(sql).join('\n');
	const payment = (id: string, to: string, link: string | null) => `
		INSERT INTO "Settlement" ("id", "groupId", "fromId", "toId", "currency", "amount", "date", "transactionId", "createdById")
		VALUES ('${id}', 'flat', 'm-ben', '${to}', 'EUR', 1000, '2026-01-01', ${link ? `'${link}'` : 'NULL'}, 'm-ben');`;
	await execute(
		config,
		`${each((who) => `
			INSERT INTO "User" ("id", "email", "name", "passwordHash") VALUES ('${who}', '${who}', '${who}', '');
			INSERT INTO "Account" ("id", "userId", "name", "currency") VALUES ('a-${who}', '${who}', '', 'EUR');
			INSERT INTO "Transaction" ("id", "userId", "accountId", "date", "amount", "currency", "description", "merchant",
				"merchantKey", "search", "fingerprint", "occurrence")
			VALUES ('t-${who}', '${who}', 'a-${who}', '2026-01-01', 1000, 'EUR', '', '', '', '', '', 1);`)}
		INSERT INTO "Group" ("id", "name", "currency") VALUES ('flat', '', 'EUR');
		${each((who) => `INSERT INTO "Member" ("id", "groupId", "userId", "name") VALUES ('m-${who}', 'flat', '${who}', '');`)}
		INSERT INTO "Member" ("id", "groupId", "name") VALUES ('m-cleo', 'flat', '');
		${payment('1 got', 'm-ana', 't-ana')}
		${payment('2 paid', 'm-ana', 't-ben')}
		${payment('3 neither', 'm-cleo', 't-ana')}
		${payment('4 none', 'm-ana', null)}`
	);
	await migrate(config);
	const rows = await query(
		config,
		'SELECT "id", "fromTransactionId", "toTransactionId", "amount", "status" FROM "Settlement" ORDER BY "id"'
	);
	expect(rows.map((row) => [row['id'], row['fromTransactionId'], row['toTransactionId']])).toEqual([
		['1 got', null, 't-ana'],
		['2 paid', 't-ben', null],
		['3 neither', null, null],
		['4 none', null, null]
	]);
	expect(rows.map((row) => [Number(row['amount']), row['status']])).toEqual(Array(4).fill([1000, 'marked']));
});
