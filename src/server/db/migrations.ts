import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Dialect } from './client.ts';

export type Migration = { name: string; sql: string; checksum: string };
/** A row of `_prisma_migrations`. */
export type AppliedMigration = {
	migration_name: string;
	checksum: string;
	finished_at: unknown;
	rolled_back_at: unknown;
};

/** The database and the migrations of this build do not fit; the message says how. */
export class MigrationError extends Error {
	override name = 'MigrationError';
}

/** The folder prisma/migrations of this installation, whether the code runs from its sources or from the build. */
export function migrationsDirectory(): string {
	const here = dirname(fileURLToPath(import.meta.url));
	for (let folder = here; ; folder = dirname(folder)) {
		const candidate = join(folder, 'prisma/migrations');
		if (existsSync(candidate)) return candidate;
		if (folder === dirname(folder)) throw new MigrationError(`no folder prisma/migrations above ${here}`);
	}
}

/** The migrations for one database in the order they are applied. The checksum is Prisma's: SHA-256 of the file. */
export function readMigrations(directory: string, dialect: Dialect): Migration[] {
	const root = join(directory, dialect);
	const names = readdirSync(root, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map((entry) => entry.name)
		.sort();
	return names.map((name) => {
		const bytes = readFileSync(join(root, name, 'migration.sql'));
		return { name, sql: bytes.toString('utf8'), checksum: createHash('sha256').update(bytes).digest('hex') };
	});
}

/** What is still to be applied. Throws {@link MigrationError} when what has been applied is not what we have. */
export function pendingMigrations(migrations: Migration[], rows: AppliedMigration[]): Migration[] {
	const applied = rows.filter((row) => !row.rolled_back_at);
	for (const row of applied) requireSame(row, migrations);
	const done = new Set(applied.map((row) => row.migration_name));
	const todo = migrations.filter((migration) => !done.has(migration.name));
	const last = migrations.findLast((migration) => done.has(migration.name));
	const late = last && todo.find((migration) => migration.name < last.name);
	if (late)
		throw new MigrationError(`migration ${late.name} sorts before ${last.name}, which is already applied`);
	return todo;
}

function requireSame(row: AppliedMigration, migrations: Migration[]): void {
	const name = row.migration_name;
	if (!row.finished_at) {
		throw new MigrationError(
			`migration ${name} was started and never finished: restore a backup, or repair it by hand (docs/operations.md)`
		);
	}
	const ours = migrations.find((migration) => migration.name === name);
	if (!ours)
		throw new MigrationError(
			`the database has migration ${name}, this build has not: it is older than the database`
		);
	if (ours.checksum !== row.checksum)
		throw new MigrationError(`migration ${name} was edited after it was applied`);
}
