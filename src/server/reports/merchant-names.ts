import type { Db } from '../db/client.ts';
import { rowsAsTable } from '../db/rows-as-table.ts';

/** What merchants are called, by their keys: as one of a person's transactions with each has it. */
export async function merchantNames(
	db: Db,
	userId: string,
	keys: readonly string[]
): Promise<Map<string, string>> {
	const rows = await db.$queryRaw<{ key: string; name: string | null }[]>`
		${rowsAsTable(
			db,
			'w',
			['key'],
			[...new Set(keys)].map((key) => [key])
		)}
		SELECT w."key", (SELECT t."merchant" FROM "Transaction" t
			WHERE t."userId" = ${userId} AND t."merchantKey" = w."key" LIMIT 1) AS "name"
		FROM "w"`;
	return new Map(rows.flatMap(({ key, name }) => (name ? [[key, name]] : [])));
}
