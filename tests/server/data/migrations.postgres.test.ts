import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { migrate } from '#server/db/migrate.ts';
import { query } from '../../support/catalog.ts';
import { emptyDatabase, migratedDatabase, tempDirectory } from '../../support/db.ts';

function directoryWith(sql: string): string {
	const directory = tempDirectory();
	mkdirSync(join(directory, 'postgres/1_only'), { recursive: true });
	writeFileSync(join(directory, 'postgres/1_only/migration.sql'), sql);
	return directory;
}

test('a migration that cannot run in a transaction says so and runs', async () => {
	const config = await migratedDatabase();
	await query(config, 'DELETE FROM _prisma_migrations');
	const sql = '-- migrate: no transaction\nCREATE INDEX CONCURRENTLY "by_name" ON "User" ("name");';
	expect(await migrate(config, { directory: directoryWith(sql) })).toEqual(['1_only']);
});

test('one that fails outside a transaction stops every later start', async () => {
	const config = await emptyDatabase();
	const directory = directoryWith('-- migrate: no transaction\nINSERT INTO "Nowhere" VALUES (1);');
	await expect(migrate(config, { directory })).rejects.toThrow('Nowhere');
	await expect(migrate(config, { directory })).rejects.toThrow('never finished');
	expect(await query(config, 'SELECT logs FROM _prisma_migrations')).toMatchObject([
		{ logs: expect.stringContaining('Nowhere') }
	]);
});

test('the table for large events exists', async () => {
	const config = await migratedDatabase();
	expect(await query(config, 'SELECT * FROM socket_io_attachments')).toEqual([]);
});
