import { simplify, type Transfer } from '#lib/groups/debts.ts';
import type { Db, Tx } from '../db/client.ts';

export type Balance = { memberId: string; currency: string; amount: number };

/**
 * What each member is ahead (or, negative, behind) in each currency, from what they paid, what their shares are, and what has
 * gone from one to the other since. Balances that are zero are left out. Always computed, never stored.
 */
export async function balancesOf(db: Db | Tx, groupId: string): Promise<Balance[]> {
	const rows = await db.$queryRaw<{ memberId: string; currency: string; amount: bigint }[]>`
		SELECT "memberId", "currency", CAST(SUM("amount") AS BIGINT) AS "amount" FROM (
			SELECT "memberId", "currency", CAST(SUM("net") AS BIGINT) AS "amount" FROM "ExpensePart"
				WHERE "groupId" = ${groupId} GROUP BY "memberId", "currency"
			UNION ALL
			SELECT "fromId", "currency", "amount" FROM "Settlement"
				WHERE "groupId" = ${groupId} AND "deletedAt" IS NULL AND "status" <> 'disputed'
			UNION ALL
			SELECT "toId", "currency", -"amount" FROM "Settlement"
				WHERE "groupId" = ${groupId} AND "deletedAt" IS NULL AND "status" <> 'disputed'
		) AS "entries" GROUP BY "memberId", "currency" HAVING SUM("amount") <> 0
		ORDER BY "currency", "memberId"`;
	return rows.map(({ memberId, currency, amount }) => ({ memberId, currency, amount: Number(amount) }));
}

export type Debt = Transfer & { currency: string };

/** The fewest payments that bring everybody to zero, currency by currency. */
export function simplifiedDebts(balances: readonly Balance[]): Debt[] {
	const byCurrency = Map.groupBy(balances, ({ currency }) => currency);
	return [...byCurrency].flatMap(([currency, positions]) =>
		simplify(positions).map((transfer) => ({ ...transfer, currency }))
	);
}
