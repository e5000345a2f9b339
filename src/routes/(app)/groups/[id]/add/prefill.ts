/** What a link to the page fills in: `?amount=64.90&description=Dinner&category=restaurants`. */
import { groupOf } from '#lib/categories.ts';
import { writeAmount } from '#lib/groups/amount-input.ts';
import type { ExpenseDraft } from '#lib/groups/draft.ts';
import { maxExpense } from '#lib/groups/limits.ts';
import { toMinor } from '#lib/money.ts';

/** What makes no sense in an address is left out. The amount is a plain decimal, in the group's currency. */
export function prefillFrom(
	params: Pick<URLSearchParams, 'get'>,
	{ currency, locale }: { currency: string; locale: string }
): Partial<Pick<ExpenseDraft, 'amount' | 'description' | 'categoryId'>> {
	const amount = toMinor(params.get('amount') ?? '', currency);
	const description = params.get('description')?.slice(0, 200);
	const category = params.get('category');
	return {
		...(amount !== null &&
			amount > 0 &&
			amount <= maxExpense && { amount: writeAmount(amount, currency, locale) }),
		...(description && { description }),
		...(category && groupOf(category) && { categoryId: category })
	};
}
