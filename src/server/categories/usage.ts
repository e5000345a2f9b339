import { z } from 'zod';
import { exactly } from '#lib/money.ts';
import type { Db } from '../db/client.ts';
import { bookOf } from './book.ts';

export const usageQuery = z.object({
	/** YYYY-MM. */
	month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)
});

export type CategoryUsage = {
	id: string;
	/** Transactions of all time. */
	count: number;
	/** Rules that put transactions there. */
	rules: number;
	/** What moved in the month, by currency, in minor units: outflow negative, what came in set off against it. */
	month: { currency: string; amount: number }[];
};

/** What each category holds for a person, in display order; those that hold nothing too. */
export async function categoryUsage(
	db: Db,
	userId: string,
	{ month }: z.output<typeof usageQuery>
): Promise<CategoryUsage[]> {
	const [book, counts, sums, rules] = await Promise.all([
		bookOf(db, userId),
		db.transaction.groupBy({ by: ['categoryId'], where: { userId }, _count: true }),
		db.transaction.groupBy({
			by: ['categoryId', 'currency'],
			where: { userId, date: { gte: `${month}-01`, lte: `${month}-31` } },
			_sum: { amount: true },
			orderBy: { currency: 'asc' }
		}),
		db.rule.findMany({ where: { userId }, select: { actions: true } })
	]);
	const countOf = new Map(counts.map(({ categoryId, _count }) => [categoryId, _count]));
	const targets = rules.map(({ actions }) => (actions as { categoryId?: string }).categoryId);
	return book.all().map(({ id }) => ({
		id,
		count: countOf.get(id) ?? 0,
		rules: targets.filter((target) => target === id).length,
		month: sums
			.filter(({ categoryId }) => categoryId === id)
			.map(({ currency, _sum }) => ({ currency, amount: exactly(_sum.amount ?? 0n) }))
	}));
}
