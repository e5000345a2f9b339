/** What somebody pays again and again: a subscription, which can be cancelled, or a bill, which comes with the life they lead. */
import { groupOf, type CategoryKey } from '#lib/categories.ts';

/** In the order they are shown. */
export const regularKinds = ['subscription', 'bill'] as const;

export type RegularKind = (typeof regularKinds)[number];

const billGroups: ReadonlySet<string> = new Set([
	'rent_utilities',
	'loan_payments',
	'bank_fees',
	'government_non_profit'
]);
const bills: ReadonlySet<string> = new Set<CategoryKey>([
	'insurance',
	'education',
	'childcare',
	'legal_financial'
]);
const subscriptions: ReadonlySet<string> = new Set<CategoryKey>(['tv', 'donations']);

/** By the category of the last payment; an own category counts as its `group` does. Without a category it is a subscription. */
export function regularKind({
	categoryId,
	group
}: {
	categoryId: string | null;
	group: string | null;
}): RegularKind {
	const key = categoryId ?? '';
	if (subscriptions.has(key)) return 'subscription';
	return bills.has(key) || billGroups.has(groupOf(key) ?? group ?? '') ? 'bill' : 'subscription';
}
