import type { Db } from '../db/client.ts';
import { countsAsPaid } from '../settlements/view.ts';

export type SharedSpending = {
	/** How many transactions are split with a group. */
	count: number;
	/** By currency, in minor units, never negative: what of one's outgoing money was for others, and what they paid back. */
	ofOthers: Map<string, { spent: number; paidBack: number }>;
};

/** How much of the money that moved between two dates (inclusive) was not for the person themselves. */
export async function sharedSpending(
	db: Db,
	userId: string,
	{ from, to }: { from: string; to: string }
): Promise<SharedSpending> {
	// As the sums of a month, it leaves transfers between own accounts out.
	const transaction = {
		userId,
		date: { gte: from, lte: to },
		OR: [{ categoryId: null }, { category: { group: { not: 'transfers' } } }]
	};
	const [expenses, settlements] = await Promise.all([
		db.expense.findMany({
			where: { deletedAt: null, transaction: { ...transaction, amount: { lt: 0 } } },
			include: {
				transaction: { select: { id: true, amount: true, currency: true } },
				parts: { where: { member: { userId } }, select: { share: true } }
			}
		}),
		db.settlement.findMany({
			where: { ...countsAsPaid, toTransaction: { ...transaction, amount: { gt: 0 } } },
			select: { toTransaction: { select: { id: true, amount: true, currency: true } } }
		})
	]);
	const ofOthers: SharedSpending['ofOthers'] = new Map();
	const add = (currency: string, more: { spent?: bigint; paidBack?: bigint }): void => {
		const sum = ofOthers.get(currency) ?? { spent: 0, paidBack: 0 };
		sum.spent += Number(more.spent ?? 0n);
		sum.paidBack += Number(more.paidBack ?? 0n);
		ofOthers.set(currency, sum);
	};
	const split = Map.groupBy(expenses, (expense) => expense.transaction!.id);
	for (const all of split.values()) {
		const { amount, currency } = all[0]!.transaction!;
		const shares = all.map((expense) => shareIn(currency, expense));
		// Owed in a currency that says nothing about this one: all of it counts.
		if (shares.includes(null)) continue;
		const others = -amount - shares.reduce<bigint>((sum, share) => sum + share!, 0n);
		if (others > 0n) add(currency, { spent: others });
	}
	const paidBack = new Map(settlements.map(({ toTransaction: got }) => [got!.id, got!]));
	for (const { amount, currency } of paidBack.values()) add(currency, { paidBack: amount });
	return { count: split.size, ofOthers };
}

type Shared = {
	currency: string;
	amount: bigint;
	settleCurrency: string;
	settleAmount: bigint;
	parts: { share: bigint }[];
};

/** One's own share of an expense in the currency of the transaction, in minor units; null where it cannot be known. */
function shareIn(currency: string, expense: Shared): bigint | null {
	const share = expense.parts.reduce((sum, part) => sum + part.share, 0n);
	if (expense.settleCurrency === currency) return share;
	return expense.currency === currency ? (share * expense.amount) / expense.settleAmount : null;
}
