import { flowOf } from '#lib/budgets/spending.ts';
import { perMonth, perYear } from '#lib/recurring/per-month.ts';
import type { Cadence } from '#lib/recurring/types.ts';
import { lastPayments } from '../budgets/still-due.ts';
import type { Db } from '../db/client.ts';
import { listRecurring } from '../recurring/list.ts';

/** What goes out again and again. Amounts in minor units, all positive. */
export type Subscriptions = {
	/** The one with most payments first. */
	currencies: {
		currency: string;
		perMonth: number;
		perYear: number;
		/** The dearest first. */
		payments: {
			recurringId: string;
			merchant: string;
			cadence: Cadence;
			amount: number;
			perMonth: number;
			perYear: number;
			nextDate: string;
			/** The person has said that it is one; else it is what their transactions look like. */
			confirmed: boolean;
		}[];
	}[];
};

/** The recurring payments that have not ended and are spending (saving is none), with what each makes in a month and in a year on average. */
export async function subscriptions(db: Db, userId: string): Promise<Subscriptions> {
	const [all, last] = await Promise.all([
		listRecurring(db, userId, { dismissed: false }),
		lastPayments(db, userId)
	]);
	const isCost = ({ id, amount }: (typeof all)[number]): boolean => {
		const { categoryId = null, group = null } = last.get(id) ?? {};
		return flowOf({ categoryId, group, amount: BigInt(amount) }) === 'out';
	};
	const active = all.filter((one) => one.state !== 'ended' && one.amount < 0 && isCost(one));
	const currencies = [...Map.groupBy(active, ({ currency }) => currency)].sort(
		(a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1)
	);
	return {
		currencies: currencies.map(([currency, some]) => {
			const payments = some
				.map(({ id, merchant, cadence, amount, nextDate, status }) => ({
					...{ recurringId: id, merchant, cadence, amount: -amount, nextDate },
					perMonth: perMonth(-amount, cadence),
					perYear: perYear(-amount, cadence),
					confirmed: status === 'confirmed'
				}))
				.sort((a, b) => b.perYear - a.perYear || (a.recurringId < b.recurringId ? -1 : 1));
			const sum = (of: 'perMonth' | 'perYear') => payments.reduce((total, one) => total + one[of], 0);
			return { currency, perMonth: sum('perMonth'), perYear: sum('perYear'), payments };
		})
	};
}
