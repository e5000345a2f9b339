import { cardPayment } from '#lib/budgets/spending.ts';
import type { Db } from '../db/client.ts';
import { countWaiting } from '../review/count.ts';
import { sharedSpending } from './shared-spending.ts';
import { countsAsSpending } from './spending-sql.ts';

export type MonthSummary = {
	/** YYYY-MM. */
	month: string;
	/**
	 * Per currency, minor units: what was spent (negative; refunds count against it) and what was earned. Transfers between own
	 * accounts, and what a card's account was paid, are in neither.
	 */
	totals: { currency: string; spent: number; earned: number; count: number }[];
	/** How many of the month's transactions are split with a group. */
	split: number;
	/** How many transactions of all time wait for a look at their category. */
	review: number;
	transactions: number;
};

type Asked = { month?: string | undefined; mine?: boolean };

/**
 * What a month came to, for the home page. `month` is YYYY-MM; without one, the latest that has transactions. With `mine`, what
 * is split with a group counts as the person's own share only, and what others pay back for theirs is no income.
 */
export async function monthSummary(
	db: Db,
	userId: string,
	{ month, mine = false }: Asked = {}
): Promise<MonthSummary | null> {
	const latest = await db.transaction.findFirst({
		where: { userId },
		orderBy: [{ date: 'desc' }, { id: 'desc' }],
		select: { date: true }
	});
	if (!latest) return null;
	const shown = month ?? latest.date.slice(0, 7);
	const [rows, review, transactions, shared] = await Promise.all([
		db.$queryRaw<{ currency: string; spent: bigint; earned: bigint; count: bigint }[]>`
			SELECT t."currency",
				CAST(SUM(CASE WHEN ${countsAsSpending} THEN t."amount" ELSE 0 END) AS BIGINT) AS "spent",
				CAST(SUM(CASE WHEN ${countsAsSpending} THEN 0 ELSE t."amount" END) AS BIGINT) AS "earned",
				COUNT(*) AS "count"
			FROM "Transaction" t LEFT JOIN "Category" c ON c."id" = t."categoryId"
			WHERE t."userId" = ${userId} AND t."date" >= ${`${shown}-01`} AND t."date" <= ${`${shown}-31`}
				AND (c."group" IS NULL OR c."group" <> 'transfers')
				AND (t."categoryId" IS NULL OR t."categoryId" <> ${cardPayment} OR t."amount" < 0)
			GROUP BY t."currency" ORDER BY COUNT(*) DESC`,
		countWaiting(db, userId),
		db.transaction.count({ where: { userId } }),
		sharedSpending(db, userId, { from: `${shown}-01`, to: `${shown}-31` })
	]);
	const totals = rows.map((row) => {
		const others = mine ? shared.ofOthers.get(row.currency) : undefined;
		return {
			currency: row.currency,
			spent: Number(row.spent) + (others?.spent ?? 0),
			earned: Number(row.earned) - (others?.paidBack ?? 0),
			count: Number(row.count)
		};
	});
	return { month: shown, totals, split: shared.count, review, transactions };
}
