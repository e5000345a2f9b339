import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { migrate } from '#server/db/migrate.ts';
import { query } from '../../support/catalog.ts';
import { emptyDatabase, tempDirectory } from '../../support/db.ts';

async function migrateWith(sql: string) {
	const directory = tempDirectory();
	mkdirSync(join(directory, 'sqlite/1_only'), { recursive: true });
	writeFileSync(join(directory, 'sqlite/1_only/migration.sql'), sql);
	const config = await emptyDatabase();
	return { config, migrating: migrate(config, { directory }) };
}

test('a migration that leaves dangling references is refused', async () => {
	const { config, migrating } = await migrateWith(`CREATE TABLE "P" ("id" INTEGER PRIMARY KEY);
		CREATE TABLE "C" ("p" INTEGER REFERENCES "P" ("id")); INSERT INTO "C" VALUES (404);`);
	await expect(migrating).rejects.toThrow('dangling');
	await expect(query(config, 'SELECT * FROM "C"')).rejects.toThrow('no such table');
});

test('a migration that ends its own transaction is refused', async () => {
	const { migrating } = await migrateWith('CREATE TABLE "P" ("id" INTEGER PRIMARY KEY); COMMIT;');
	await expect(migrating).rejects.toThrow('ends the transaction');
});
