import { dialectOf, rawSql, sql, type Db, type Sql, type Tx } from './client.ts';

/** Stands in SQL, so it must be written out in code, never come from outside. */
type Name = string;

/**
 * A `WITH` clause that makes rows of text a table, to be joined with others by their indexes: one parameter however many rows there
 * are.
 */
export function rowsAsTable(
	db: Db | Tx,
	table: Name,
	columns: readonly Name[],
	rows: readonly (readonly (string | null)[])[]
): Sql {
	const json = JSON.stringify(rows);
	const values =
		dialectOf(db) === 'sqlite'
			? sql`json_each(${json}) AS "j"`
			: // Without a limit Postgres takes it for a hundred rows, and reads whole tables rather than look up one.
				sql`jsonb_array_elements(CAST(${json} AS jsonb)) AS "j"("value") LIMIT ${rows.length}`;
	const unpacked = columns.map((name, at) => `"j"."value" ->> ${at} AS "${name}"`).join(', ');
	return sql`WITH ${rawSql(`"${table}"`)} AS MATERIALIZED (SELECT ${rawSql(unpacked)} FROM ${values})`;
}
