import { flowOf } from '#lib/budgets/spending.ts';
import { regularKind, regularKinds, type RegularKind } from '#lib/recurring/kind.ts';
import { perMonth, perYear } from '#lib/recurring/per-month.ts';
import type { Cadence } from '#lib/recurring/types.ts';
import { lastPayments } from '../budgets/still-due.ts';
import type { Db } from '../db/client.ts';
import { listRecurring } from '../recurring/list.ts';

/** In minor units, on average. */
type Cost = { perMonth: number; perYear: number };

/** What goes out again and again. Amounts in minor units, all positive. */
export type Subscriptions = {
	/** The one with most payments first. */
	currencies: (Cost & {
		currency: string;
		/** Subscriptions before bills; a kind that there is nothing of is left out. */
		kinds: (Cost & {
			kind: RegularKind;
			/** The dearest first. */
			payments: (Cost & {
				recurringId: string;
				merchant: string;
				cadence: Cadence;
				amount: number;
				nextDate: string;
				/** The person has said that it is one; else it is what their transactions look like. */
				confirmed: boolean;
			})[];
		})[];
	})[];
};

/** The recurring payments that have not ended and are spending (saving is none), with what each makes in a month and in a year on average. */
export async function subscriptions(db: Db, userId: string): Promise<Subscriptions> {
	const [all, last] = await Promise.all([
		listRecurring(db, userId, { dismissed: false }),
		lastPayments(db, userId)
	]);
	const categoryOf = (id: string) => last.get(id) ?? { categoryId: null, group: null };
	const isCost = ({ id, amount }: (typeof all)[number]): boolean =>
		flowOf({ ...categoryOf(id), amount: BigInt(amount) }) === 'out';
	const active = all.filter((one) => one.state !== 'ended' && one.amount < 0 && isCost(one));
	const currencies = [...Map.groupBy(active, ({ currency }) => currency)].sort(
		(a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1)
	);
	return {
		currencies: currencies.map(([currency, some]) => {
			const byKind = Map.groupBy(some, ({ id }) => regularKind(categoryOf(id)));
			const kinds = regularKinds.flatMap((kind) => {
				const payments = (byKind.get(kind) ?? [])
					.map(({ id, merchant, cadence, amount, nextDate, status }) => ({
						...{ recurringId: id, merchant, cadence, amount: -amount, nextDate },
						perMonth: perMonth(-amount, cadence),
						perYear: perYear(-amount, cadence),
						confirmed: status === 'confirmed'
					}))
					.sort((a, b) => b.perYear - a.perYear || (a.recurringId < b.recurringId ? -1 : 1));
				return payments.length > 0 ? [{ kind, ...costOf(payments), payments }] : [];
			});
			return { currency, ...costOf(kinds), kinds };
		})
	};
}

const costOf = (some: readonly Cost[]): Cost => ({
	perMonth: some.reduce((sum, one) => sum + one.perMonth, 0),
	perYear: some.reduce((sum, one) => sum + one.perYear, 0)
});
