import { isSpending } from '#lib/budgets/spending.ts';
import type { Db } from '../db/client.ts';
import { sharedTransactions } from './shared-transactions.ts';

export type SharedSpending = {
	/** How many transactions are split with a group. */
	count: number;
	/** By currency, in minor units: what of one's spending was for others (less what they gave back of it), and other money of theirs. */
	ofOthers: Map<string, { spent: number; paidBack: number }>;
};

/** How much of the money that moved between two dates (inclusive) was not for the person themselves. */
export async function sharedSpending(
	db: Db,
	userId: string,
	{ from, to }: { from: string; to: string }
): Promise<SharedSpending> {
	const shared = await sharedTransactions(db, [{ userId, range: { start: from, end: to } }]);
	// As the sums of a month, it leaves transfers between own accounts out.
	const counted = shared.filter(({ group }) => group !== 'transfers');
	const ofOthers: SharedSpending['ofOthers'] = new Map();
	for (const one of counted.filter((one) => one.ofOthers !== 0n)) {
		const sum = ofOthers.get(one.currency) ?? { spent: 0, paidBack: 0 };
		if (isSpending(one, [])) sum.spent += Number(one.ofOthers);
		else sum.paidBack -= Number(one.ofOthers);
		ofOthers.set(one.currency, sum);
	}
	return { count: counted.filter(({ amount }) => amount < 0n).length, ofOthers };
}
