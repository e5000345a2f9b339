import { sql, type Sql } from '../db/client.ts';

/** Of a transaction `t`: it is half of no transfer, and no expense or payment of a group that stands. */
export const standsForItself: Sql = sql`
	NOT EXISTS (SELECT 1 FROM "Transfer" x WHERE x."outId" = t."id")
	AND NOT EXISTS (SELECT 1 FROM "Transfer" x WHERE x."inId" = t."id")
	AND NOT EXISTS (SELECT 1 FROM "Expense" x WHERE x."transactionId" = t."id" AND x."deletedAt" IS NULL)
	AND NOT EXISTS (SELECT 1 FROM "Settlement" x WHERE x."fromTransactionId" = t."id" AND x."deletedAt" IS NULL)
	AND NOT EXISTS (SELECT 1 FROM "Settlement" x WHERE x."toTransactionId" = t."id" AND x."deletedAt" IS NULL)`;
