import type { DateRange } from '#lib/budgets/period.ts';
import { monthOf } from '#lib/reports/period.ts';
import type { Sum, Sums } from '#lib/reports/sums.ts';
import type { Db } from '../db/client.ts';
import { sharedTransactions, type SharedTransaction } from '../transactions/shared-transactions.ts';
import { sumsIn } from './month-sums.ts';

/**
 * What a person's transactions between two dates come to; with `mine`, of what is split with a group their own share only, and
 * nothing of what others pay back for theirs.
 */
export async function sumsOf(
	db: Db,
	userId: string,
	range: DateRange,
	{ mine = false, merchants = false }: { mine?: boolean; merchants?: boolean } = {}
): Promise<Sums> {
	const [sums, shared] = await Promise.all([
		sumsIn(db, userId, range, { merchants }),
		mine ? sharedTransactions(db, [{ userId, range }]) : []
	]);
	return withoutOthers(sums, shared);
}

/** Sums without the part of others in what is shared. */
export const withoutOthers =
	(sums: Sums, shared: readonly SharedTransaction[]): Sums =>
	(visit) => {
		sums(visit);
		for (const one of shared) visit(ofOthers(one));
	};

const ofOthers = (one: SharedTransaction): Sum => ({
	month: monthOf(one.date),
	...{ accountId: one.accountId, currency: one.currency },
	...{ categoryId: one.categoryId, merchantKey: one.merchantKey },
	sign: one.amount < 0n ? -1 : 1,
	amount: Number(one.ofOthers),
	count: 0
});
