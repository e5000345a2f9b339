/** What counts as spending. */
import { groupOf } from '../categories.ts';

/** Of the incoming money, what gives spent money back. */
export const refund = 'refund';

/** Pays for what was bought with a card; money that comes in with it is that payment arriving on the card's account. */
export const cardPayment = 'credit_card_payment';

/** Whether a category of a group is of money that comes in; a budget over it would never say anything. */
export const isIncome = (categoryId: string, group: string | undefined): boolean =>
	group === 'income' && categoryId !== refund;

/** The groups of categories that are no spending, unless a budget names one of their categories (a transfer may be a bill). */
export const noSpending: readonly string[] = ['income', 'transfers'];

/**
 * Whether a transaction of a category (null: none yet) counts in a budget over these categories; `group` is the category's, which
 * only a person's own one has to bring along. Of a budget that names none,
 * income and transfers between own accounts are left out. What has no category counts there when it went out: of what came
 * in nobody knows whether it is a refund. What was paid arrives on a card's account as no spending, and gives none back.
 */
export function isSpending(
	{ categoryId, group, amount }: { categoryId: string | null; group?: string | null; amount: bigint },
	categoryIds: readonly string[]
): boolean {
	if (categoryIds.length > 0) return categoryId !== null && categoryIds.includes(categoryId);
	if (categoryId === null) return amount < 0n;
	if (categoryId === cardPayment && amount > 0n) return false;
	return categoryId === refund || !noSpending.includes(group ?? groupOf(categoryId) ?? '');
}

/**
 * What a transaction is in the sums of a time: spent (`out`; refunds count against it), earned (`in`), or neither, as what is only
 * moved between own accounts and what arrives on a card's account.
 */
export function flowOf(one: Parameters<typeof isSpending>[0]): 'out' | 'in' | null {
	const { categoryId, amount } = one;
	const group = one.group ?? (categoryId === null ? undefined : groupOf(categoryId));
	if (group === 'transfers' || (categoryId === cardPayment && amount > 0n)) return null;
	return isSpending(one, []) ? 'out' : 'in';
}

/** Whether a transaction gives back what was spent. */
export const isRefund = (one: Parameters<typeof isSpending>[0]): boolean =>
	one.amount > 0n && isSpending(one, []);
