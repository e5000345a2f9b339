/** All that an instance keeps, for whoever looks for something that must not be in it. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isPostgres, type DbConfig } from '#server/db/client.ts';
import { query } from './catalog.ts';

const POSTGRES_TABLES = `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
	WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`;
const SQLITE_TABLES = `SELECT '"' || name || '"' AS name FROM sqlite_schema WHERE type = 'table'`;

/** Every value of every row of every table, whatever schema it is in, as text. */
export async function dumpOf(config: DbConfig): Promise<string> {
	const texts: string[] = [];
	for (const { name } of await query(config, isPostgres(config) ? POSTGRES_TABLES : SQLITE_TABLES)) {
		const rows = await query(config, `SELECT * FROM ${String(name)}`);
		texts.push(...rows.flatMap((row) => Object.values(row).map(asText)));
	}
	return texts.join('\n');
}

function asText(value: unknown): string {
	if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
	return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** Every file of the data directory, the queue's included, but the instance's own secret. */
export const filesOf = ({ dataDir }: DbConfig): string[] =>
	readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
		.map((name) => join(dataDir, name))
		.filter((path) => statSync(path).isFile() && !path.endsWith('app-secret'));
