import type { Db } from '../db/client.ts';
import { byRevision } from './by-revision.ts';

type Row = { revision: number | bigint; memberId: string | null; count: number | bigint };

/** How many odd units, which would not divide, have fallen to each member of a group: `counts` by member. */
export const oddUnits = byRevision(async (db: Db, groupId) => {
	// Deleted expenses count no more; they are few, so they are taken off instead of being looked for in every part.
	const rows = await db.$queryRaw<Row[]>`
		SELECT "revision", "memberId", "count" FROM "Group" LEFT JOIN (
			SELECT "memberId", SUM("units") AS "count" FROM (
				SELECT "memberId", COUNT(*) AS "units" FROM "ExpensePart"
					WHERE "groupId" = ${groupId} AND "odd" = ${true} GROUP BY "memberId"
				UNION ALL
				SELECT "memberId", -1 FROM "Expense" JOIN "ExpensePart" ON "expenseId" = "Expense"."id"
					WHERE "Expense"."groupId" = ${groupId} AND "deletedAt" IS NOT NULL AND "odd" = ${true}
			) AS "entries" GROUP BY "memberId"
		) AS "sums" ON TRUE WHERE "Group"."id" = ${groupId}`;
	const counts = rows.flatMap(({ memberId, count }) =>
		memberId ? [[memberId, Number(count)] as const] : []
	);
	return { revision: Number(rows[0]?.revision ?? 0), counts: new Map(counts) };
});
