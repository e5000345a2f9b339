import { netPairs, simplify, type Transfer } from '#lib/groups/debts.ts';
import { byRevision } from './by-revision.ts';

export type Debt = Transfer & { currency: string };

type Row = { revision: number | bigint; currency: string | null; entries: string | null };

/**
 * What everybody owes each other one by one: from each expense the transfers that even it out, less what has gone the other
 * way since, evened out within each pair only. They come to the same balances as the simplified ones.
 */
export const pairwiseDebts = byRevision(async (db, groupId) => {
	// A row an expense, its parts written out as one text: ten times fewer values to carry than a row a part. A settlement
	// is a row of two parts. One statement sees one state.
	const rows = await db.$queryRaw<Row[]>`
		SELECT "revision", "all"."currency", "entries" FROM "Group" LEFT JOIN (
			SELECT "currency", string_agg("memberId" || ' ' || CAST("net" AS TEXT), ',') AS "entries" FROM "ExpensePart"
				WHERE "groupId" = ${groupId} AND "net" <> 0 GROUP BY "expenseId", "currency"
			UNION ALL
			SELECT "currency", "fromId" || ' ' || CAST("amount" AS TEXT) || ',' || "toId" || ' ' || CAST(-"amount" AS TEXT)
				FROM "Settlement"
				WHERE "groupId" = ${groupId} AND "deletedAt" IS NULL AND "status" <> 'disputed'
		) AS "all" ON TRUE WHERE "Group"."id" = ${groupId}`;
	const transfers = new Map<string, Transfer[]>();
	for (const { currency, entries } of rows) {
		if (currency === null || entries === null) continue;
		const list = transfers.get(currency) ?? [];
		list.push(...simplify(positionsIn(entries)));
		transfers.set(currency, list);
	}
	const debts: Debt[] = [...transfers]
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.flatMap(([currency, list]) => netPairs(list).map((transfer) => ({ ...transfer, currency })));
	return { revision: Number(rows[0]?.revision ?? 0), debts };
});

const positionsIn = (entries: string): { memberId: string; amount: number }[] =>
	entries.split(',').map((entry) => {
		const [memberId = '', amount] = entry.split(' ');
		return { memberId, amount: Number(amount) };
	});
