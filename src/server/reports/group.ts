import type { z } from 'zod';
import { monthOf, monthsFrom } from '#lib/reports/period.ts';
import { exactly } from '#lib/money.ts';
import { sql, type Db } from '../db/client.ts';
import type { Membership } from '../groups/membership.ts';
import { checkPeriod } from './known-range.ts';
import type { groupQuery } from './query.ts';

/** What a group spent together. Amounts in minor units; what is converted counts in the currency that it is owed in. */
export type GroupStatistics = {
	/** What was asked for; null: from the first on, to the last. */
	from: string | null;
	to: string | null;
	currencies: {
		currency: string;
		amount: number;
		/** How many expenses. */
		count: number;
		/** Everybody who paid or consumed something, former members included: most consumed first. */
		members: { memberId: string; paid: number; consumed: number }[];
		/** Most first; null: no category. */
		categories: { categoryId: string | null; amount: number; count: number }[];
		/** YYYY-MM, in their order, without a gap between the first and the last. */
		months: { month: string; amount: number }[];
	}[];
};

type Row = { currency: string; key: string | null; amount: bigint; other: bigint };

/** Who paid, who consumed, for what and when, between two dates. Payments from one to another are no expenses. */
export async function groupStatistics(
	db: Db,
	{ groupId }: Membership,
	{ from, to }: z.output<typeof groupQuery>
): Promise<GroupStatistics> {
	checkPeriod({ from, to });
	const counted = sql`e."groupId" = ${groupId} AND e."deletedAt" IS NULL
		AND e."date" BETWEEN ${from ?? '0000-00-00'} AND ${to ?? '9999-99-99'}`;
	const sums = (key: typeof counted) => db.$queryRaw<Row[]>`
		SELECT e."settleCurrency" AS "currency", ${key} AS "key", CAST(SUM(e."settleAmount") AS BIGINT) AS "amount",
			COUNT(*) AS "other"
		FROM "Expense" e WHERE ${counted} GROUP BY 1, 2`;
	const [categories, months, members] = await Promise.all([
		sums(sql`e."categoryId"`),
		sums(sql`substr(e."date", 1, 7)`),
		db.$queryRaw<Row[]>`
			SELECT p."currency", p."memberId" AS "key", CAST(SUM(p."paid") AS BIGINT) AS "amount",
				CAST(SUM(p."share") AS BIGINT) AS "other"
			FROM "Expense" e JOIN "ExpensePart" p ON p."expenseId" = e."id" WHERE ${counted} GROUP BY 1, 2`
	]);
	const counts = new Map<string, number>();
	for (const { currency, other } of categories) {
		counts.set(currency, (counts.get(currency) ?? 0) + Number(other));
	}
	const currencies = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
	return {
		from: from ?? null,
		to: to ?? null,
		currencies: currencies.map(([currency, count]) => {
			const of = (rows: Row[]) => rows.filter((row) => row.currency === currency);
			return {
				...{ currency, count },
				amount: exactly(of(categories).reduce((sum, { amount }) => sum + amount, 0n)),
				members: of(members)
					.map(({ key, amount, other }) => ({
						memberId: key!,
						...{ paid: exactly(amount), consumed: exactly(other) }
					}))
					.sort((a, b) => b.consumed - a.consumed || (a.memberId < b.memberId ? -1 : 1)),
				categories: of(categories)
					.map(({ key, amount, other }) => ({
						...{ categoryId: key, amount: exactly(amount), count: Number(other) }
					}))
					.sort((a, b) => b.amount - a.amount || ((a.categoryId ?? '') < (b.categoryId ?? '') ? -1 : 1)),
				months: withoutGaps(of(months))
			};
		})
	};
}

function withoutGaps(rows: readonly Row[]): { month: string; amount: number }[] {
	const amounts = new Map(rows.map(({ key, amount }) => [key!, exactly(amount)]));
	const known = [...amounts.keys()].sort();
	if (known.length === 0) return [];
	const [first, last] = [known[0]!, known.at(-1)!].map((month) => monthOf(month)) as [string, string];
	return monthsFrom(first, last).map((month) => ({ month, amount: amounts.get(month) ?? 0 }));
}
