import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { pendingMigrations, type AppliedMigration, type Migration } from './migrations.ts';

// As Prisma creates it.
const TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             TIMESTAMPTZ,
    migration_name          VARCHAR(255) NOT NULL,
    logs                    TEXT,
    rolled_back_at          TIMESTAMPTZ,
    started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count     INTEGER NOT NULL DEFAULT 0
)`;
const HISTORY = 'SELECT migration_name, checksum, finished_at, rolled_back_at FROM _prisma_migrations';
const START = 'INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)';
const FINISH =
	'UPDATE _prisma_migrations SET finished_at = clock_timestamp(), applied_steps_count = 1 WHERE id = $1';
const FAIL = 'UPDATE _prisma_migrations SET logs = $2 WHERE id = $1';

// The key that `prisma migrate` takes, so that it and we wait for each other.
const ADVISORY_LOCK = 72707369;

// The first line of a migration that cannot run in a transaction, such as CREATE INDEX CONCURRENTLY.
const NO_TRANSACTION = '-- migrate: no transaction';

/** Applies what is missing, one transaction each; see `migrate`. */
export async function migratePostgres(url: string, migrations: Migration[]): Promise<string[]> {
	const client = new pg.Client({ connectionString: url, application_name: 'quits migrate' });
	await client.connect();
	try {
		await client.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK]);
		await client.query(TABLE);
		const { rows } = await client.query<AppliedMigration>(HISTORY);
		const todo = pendingMigrations(migrations, rows);
		for (const migration of todo) {
			if (migration.sql.startsWith(NO_TRANSACTION)) await applyBare(client, migration);
			else await applyInTransaction(client, migration);
		}
		return todo.map((migration) => migration.name);
	} finally {
		await client.end(); // frees the advisory lock
	}
}

async function applyInTransaction(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
	const id = randomUUID();
	await client.query('BEGIN');
	try {
		await client.query(START, [id, checksum, name]);
		await client.query(sql);
		await client.query(FINISH, [id]);
		await client.query('COMMIT');
	} catch (error) {
		await client.query('ROLLBACK');
		throw error;
	}
}

/** Leaves a row without an end when it fails, which stops every later start until someone has looked. */
async function applyBare(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
	const id = randomUUID();
	await client.query(START, [id, checksum, name]);
	try {
		await client.query(sql);
	} catch (error) {
		await client.query(FAIL, [id, String(error)]);
		throw error;
	}
	await client.query(FINISH, [id]);
}
