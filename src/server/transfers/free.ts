import { rawSql, sql, type Sql } from '../db/client.ts';

/** Of a transaction, as the query calls it: it is half of no transfer. */
export const isNoHalf = (transaction: string): Sql => {
	const id = rawSql(`${transaction}."id"`);
	return sql`NOT EXISTS (SELECT 1 FROM "Transfer" x WHERE x."outId" = ${id})
		AND NOT EXISTS (SELECT 1 FROM "Transfer" x WHERE x."inId" = ${id})`;
};

/** Of a transaction `t`: it is half of no transfer, and no expense or payment of a group that stands. */
export const standsForItself: Sql = sql`
	${isNoHalf('t')}
	AND NOT EXISTS (SELECT 1 FROM "Expense" x WHERE x."transactionId" = t."id" AND x."deletedAt" IS NULL)
	AND NOT EXISTS (SELECT 1 FROM "Settlement" x WHERE x."fromTransactionId" = t."id" AND x."deletedAt" IS NULL)
	AND NOT EXISTS (SELECT 1 FROM "Settlement" x WHERE x."toTransactionId" = t."id" AND x."deletedAt" IS NULL)`;
