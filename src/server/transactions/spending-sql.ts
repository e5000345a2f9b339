import { cardPayment, noSpending, refund } from '#lib/budgets/spending.ts';
import { joinSql, sql, type Sql } from '../db/client.ts';

/** `isSpending` (#lib/budgets/spending.ts) over all categories in SQL: of a transaction `t` and its category `c`, left joined. */
export const countsAsSpending: Sql = sql`(
	t."categoryId" = ${refund}
	OR (c."group" NOT IN (${joinSql([...noSpending])}) AND NOT (t."categoryId" = ${cardPayment} AND t."amount" > 0))
	OR (t."categoryId" IS NULL AND t."amount" < 0))`;
