import { joinSql, rawSql, sql, type Dialect } from './client.ts';
import type { Sql } from '@prisma/client/runtime/client';

/** Column name → its type in Postgres (SQLite takes the values as they are). An enum is written `'"CategorySource"'`. */
export type BulkColumns = Record<string, string>;

/**
 * `SELECT` of many rows handed over as one JSON parameter, in the order of `columns`: what follows `INSERT INTO t (…)` when
 * there are hundreds of rows. Prisma's createMany is ten times slower (one parameter for each value).
 *
 * ```ts
 * await tx.$executeRaw`INSERT INTO "Tag" ("id", "n") ${selectRows(dialectOf(tx), { id: 'text', n: 'bigint' }, rows)}`;
 * ```
 * Values are what JSON holds: text, numbers up to ±2^53, booleans, null, objects (for `jsonb`), instants as ISO text ending
 * in `+00:00`. An `ON CONFLICT` clause may follow.
 */
export function selectRows(
	dialect: Dialect,
	columns: BulkColumns,
	rows: readonly (readonly unknown[])[]
): Sql {
	const json = JSON.stringify(rows);
	const types = Object.values(columns);
	if (dialect === 'sqlite') {
		const values = types.map((_, i) => rawSql(`json_extract(value, '$[${i}]')`));
		return sql`SELECT ${joinSql(values)} FROM json_each(${json}) WHERE true`;
	}
	// `->>` gives text, which Postgres casts to any type; jsonb keeps its form.
	const values = types.map((type, i) =>
		rawSql(type === 'jsonb' ? `NULLIF(value -> ${i}, 'null')` : `(value ->> ${i})::${type}`)
	);
	return sql`SELECT ${joinSql(values)} FROM jsonb_array_elements(${json}::jsonb)`;
}
