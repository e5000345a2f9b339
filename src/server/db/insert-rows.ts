import { dialectOf, joinSql, rawSql, type Tx } from './client.ts';

/** How a column is unpacked from JSON. */
type ColumnType = 'text' | 'int' | 'bigint' | 'json';
type Cell = string | number | null | object;

/** Stands in SQL, so it must be written out in code, never come from outside. */
type Name = string;

/**
 * Inserts rows of strings, numbers and JSON into a table, all in one statement: many times as fast as one after the other.
 * `same` is what all rows have in common, as SQL or parameters. Rows whose key is there already are left out.
 */
export async function insertRows(
	tx: Tx,
	table: Name,
	columns: Readonly<Record<Name, ColumnType>>,
	rows: readonly (readonly Cell[])[],
	same: Readonly<Record<Name, unknown>> = {}
): Promise<number> {
	const dialect = dialectOf(tx);
	const names = [...Object.keys(same), ...Object.keys(columns)].map((name) => `"${name}"`).join(', ');
	const values = Object.values(columns).map((type, at) => rawSql(unpacked(type, at, dialect)));
	const json = JSON.stringify(rows);
	const from = dialect === 'sqlite' ? 'json_each(' : 'jsonb_array_elements(CAST(';
	const to = dialect === 'sqlite' ? ') AS "j"' : ' AS jsonb)) AS "j"("value")';
	return tx.$executeRaw`
		INSERT INTO ${rawSql(`"${table}"`)} (${rawSql(names)})
		SELECT ${joinSql([...Object.values(same), ...values])}
		FROM ${rawSql(from)}${json}${rawSql(to)}
		WHERE true ON CONFLICT DO NOTHING`;
}

function unpacked(type: ColumnType, at: number, dialect: 'sqlite' | 'postgres'): string {
	if (type === 'json') return `"j"."value" -> ${at}`;
	return dialect === 'sqlite' ? `"j"."value" ->> ${at}` : `("j"."value" ->> ${at})::${type}`;
}
