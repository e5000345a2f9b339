/**
 * Applies prisma/migrations/{sqlite,postgres}/…/migration.sql at start and records them as `prisma migrate` does, so that
 * its `status` and `deploy` agree. A folder may exist for one database only.
 */
import { isPostgres, sqliteFile, type DbConfig, type Dialect } from './client.ts';
import { migratePostgres } from './migrate-postgres.ts';
import { migrateSqlite } from './migrate-sqlite.ts';
import { migrationsDirectory, readMigrations, type Migration } from './migrations.ts';

export type MigrateOptions = {
	/** Instead of prisma/migrations. */
	directory?: string;
	/** Name of the last one to apply. */
	until?: string | undefined;
};

/**
 * Brings the database up to date and returns the names of the migrations it applied. Any number of processes may do it at
 * the same time. Throws {@link MigrationError} and changes nothing when the history of the database is not ours.
 */
export async function migrate(
	config: DbConfig,
	{ directory = migrationsDirectory(), until }: MigrateOptions = {}
): Promise<string[]> {
	const wanted = (dialect: Dialect): Migration[] =>
		readMigrations(directory, dialect).filter(({ name }) => until === undefined || name <= until);
	if (isPostgres(config)) return migratePostgres(config.databaseUrl!, wanted('postgres'));
	return migrateSqlite(sqliteFile(config.dataDir), wanted('sqlite'));
}
