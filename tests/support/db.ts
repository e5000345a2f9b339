/** Databases for server tests: a fresh one for each file, removed when its tests pass and kept when one fails. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { openDb, type Db, type DbConfig } from '#server/db/client.ts';
import { migrate } from '#server/db/migrate.ts';
import { cloneTemplate, createEmpty, databaseUrl, drop } from './template.ts';

/** The database that this run of the test is about. */
export const dialect = inject('dialect');

const cleanUps: { cleanUp: () => Promise<unknown>; evidence: string }[] = [];
const opened: Db[] = [];

/** Closes what a test file opened and removes it; `keep` leaves it lying and says where. */
export async function cleanUpDatabases({ keep }: { keep: boolean }): Promise<void> {
	for (const db of opened.splice(0)) await db.$disconnect();
	for (const { cleanUp, evidence } of cleanUps.splice(0)) {
		if (keep) console.log(`kept for a look: ${evidence}`);
		else await cleanUp();
	}
}

/** A directory of this test file's own. */
export function tempDirectory(): string {
	const directory = mkdtempSync(join(tmpdir(), 'quits-test-'));
	// A query that was on its way when its database was closed may open the file once more.
	const gone = { recursive: true, force: true, maxRetries: 5 } as const;
	cleanUps.push({ cleanUp: () => rm(directory, gone), evidence: directory });
	return directory;
}

async function makeConfig(make: (serverUrl: string, database: string) => Promise<void>): Promise<DbConfig> {
	const dataDir = tempDirectory();
	const serverUrl = inject('postgresUrl');
	if (dialect === 'sqlite' || serverUrl === undefined) return { dataDir };
	const name = `test_${randomBytes(6).toString('hex')}`;
	await make(serverUrl, name);
	cleanUps.push({ cleanUp: () => drop(serverUrl, name), evidence: `database ${name}` });
	return { dataDir, databaseUrl: databaseUrl(serverUrl, name) };
}

/** Settings that name a database with all tables and no rows. */
export async function migratedDatabase(): Promise<DbConfig> {
	const config = await makeConfig(cloneTemplate);
	if (dialect === 'sqlite') await migrate(config);
	return config;
}

/** Settings that name a database without any table. */
export const emptyDatabase = (): Promise<DbConfig> => makeConfig(createEmpty);

/** An open database with all tables and no rows, closed after the tests of this file. */
export async function openTestDb(): Promise<{ db: Db; config: DbConfig }> {
	const config = await migratedDatabase();
	const db = await openDb(config);
	opened.push(db);
	return { db, config };
}
