import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { MigrationError, pendingMigrations, type AppliedMigration, type Migration } from './migrations.ts';

// As Prisma creates it.
const TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`;
const HISTORY = 'SELECT migration_name, checksum, finished_at, rolled_back_at FROM "_prisma_migrations"';
const RECORD = `INSERT INTO "_prisma_migrations"
	(id, checksum, started_at, finished_at, migration_name, applied_steps_count) VALUES (?, ?, ?, ?, ?, 1)`;

const WAIT_FOR_OTHERS_MS = 60_000;

/** Applies what is missing, one transaction each; see `migrate`. */
export function migrateSqlite(file: string, migrations: Migration[]): string[] {
	mkdirSync(dirname(file), { recursive: true });
	const db = new Database(file, { timeout: WAIT_FOR_OTHERS_MS });
	try {
		db.pragma('journal_mode = WAL');
		db.pragma('synchronous = FULL');
		// Prisma rebuilds tables by DROP TABLE and switches foreign keys off for that, but inside a transaction the switch
		// does nothing, and ON DELETE CASCADE would empty the child tables. So it is off before BEGIN.
		db.pragma('foreign_keys = OFF');
		const applied: string[] = [];
		for (let name = applyNext(db, migrations); name; name = applyNext(db, migrations)) applied.push(name);
		return applied;
	} finally {
		db.close();
	}
}

function applyNext(db: Database.Database, migrations: Migration[]): string | null {
	db.exec('BEGIN EXCLUSIVE'); // another process waits here, and then finds nothing to do
	try {
		db.exec(TABLE);
		const next = pendingMigrations(migrations, db.prepare(HISTORY).all() as AppliedMigration[])[0];
		if (next) apply(db, next);
		db.exec('COMMIT');
		return next?.name ?? null;
	} finally {
		if (db.inTransaction) db.exec('ROLLBACK');
	}
}

function apply(db: Database.Database, { name, sql, checksum }: Migration): void {
	const started = Date.now();
	db.exec(sql);
	if (!db.inTransaction) throw new MigrationError(`migration ${name} ends the transaction it runs in`);
	const dangling = db.pragma('foreign_key_check') as unknown[];
	if (dangling.length > 0)
		throw new MigrationError(`migration ${name} leaves ${dangling.length} dangling references`);
	db.prepare(RECORD).run(randomUUID(), checksum, started, Date.now(), name);
}
