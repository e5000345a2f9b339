/** A database seen from below Prisma: what its catalog says, and any statement. */
import Database from 'better-sqlite3';
import pg from 'pg';
import { isPostgres, sqliteFile, type DbConfig } from '#server/db/client.ts';

export type Row = Record<string, unknown>;

/** Runs a script of statements. */
export async function execute(config: DbConfig, script: string): Promise<void> {
	if (isPostgres(config)) await onPostgres(config, (client) => client.query(script));
	else onSqlite(config, (file) => file.exec(script));
}

export async function query(config: DbConfig, statement: string): Promise<Row[]> {
	if (isPostgres(config))
		return onPostgres(config, async (client) => (await client.query<Row>(statement)).rows);
	return onSqlite(config, (file) => file.prepare(statement).all() as Row[]);
}

/** Every column, index, key and enum, in an order that does not depend on how the tables came about. */
export async function describeDatabase(config: DbConfig): Promise<Row[]> {
	const statements = isPostgres(config) ? POSTGRES_CATALOG : SQLITE_CATALOG;
	const parts = await Promise.all(statements.map((statement) => query(config, statement)));
	return parts.flat();
}

const OURS = `('_prisma_migrations', 'socket_io_attachments')`;

const SQLITE_CATALOG = [
	`SELECT t.name AS "table", c.name, c.type, c."notnull", c.dflt_value, c.pk FROM sqlite_schema t, pragma_table_info(t.name) c
	 WHERE t.type = 'table' AND t.name NOT IN ${OURS} AND t.name NOT LIKE 'sqlite_%' ORDER BY 1, 2`,
	`SELECT t.name AS "table", i.name AS "index", i."unique", i.origin, c.seqno, c.name FROM sqlite_schema t, pragma_index_list(t.name) i,
	 pragma_index_info(i.name) c WHERE t.type = 'table' AND t.name NOT IN ${OURS} ORDER BY 1, 2, 5`,
	`SELECT t.name AS "table", k."from", k."table" AS target, k."to", k.on_delete, k.on_update FROM sqlite_schema t,
	 pragma_foreign_key_list(t.name) k WHERE t.type = 'table' ORDER BY 1, 2`
];

const POSTGRES_CATALOG = [
	`SELECT table_name, column_name, udt_name, is_nullable, column_default, datetime_precision FROM information_schema.columns
	 WHERE table_schema = 'public' AND table_name NOT IN ${OURS} ORDER BY 1, 2`,
	`SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT IN ${OURS} ORDER BY 1, 2`,
	`SELECT conrelid::regclass::text AS "table", conname, pg_get_constraintdef(oid) AS definition FROM pg_constraint
	 WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text NOT IN ${OURS} AND contype <> 'n' ORDER BY 1, 2`,
	`SELECT typname, enumlabel FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid ORDER BY 1, enumsortorder`
];

function onSqlite<T>(config: DbConfig, work: (file: Database.Database) => T): T {
	const file = new Database(sqliteFile(config.dataDir));
	try {
		return work(file);
	} finally {
		file.close();
	}
}

async function onPostgres<T>(config: DbConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
	const client = new pg.Client({ connectionString: config.databaseUrl });
	await client.connect();
	try {
		return await work(client);
	} finally {
		await client.end();
	}
}
