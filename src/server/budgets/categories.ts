import { isIncome } from '#lib/budgets/spending.ts';
import { groupOf } from '#lib/categories.ts';
import { builtIn, type CategoryBook } from '#lib/category-book.ts';
import { heldBook } from '../categories/book.ts';
import type { Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import type { Holder } from './find.ts';

/**
 * Makes sure that a budget can be over these categories. Error: INVALID (`categoryIds`: `unknown_category` or `income_category`).
 */
export function checkCategories(book: CategoryBook, ids: readonly string[]): void {
	const refuse = (what: string): never => {
		throw new DomainError('INVALID', 'invalid', { fields: { categoryIds: what } });
	};
	if (!ids.every((id) => book.groupOf(id))) refuse('unknown_category');
	if (ids.some((id) => isIncome(id, book.groupOf(id)))) refuse('income_category');
}

/**
 * The same for one that is about to be stored: until the end of the transaction none of them is merged away. A group's is over
 * built-in ones only, as all of its members see it. Errors: those of {@link checkCategories}.
 */
export async function holdCategories(
	tx: Tx,
	{ userId, membership }: Pick<Holder, 'userId' | 'membership'>,
	ids: readonly string[]
): Promise<void> {
	const isShared = membership !== null || ids.every(groupOf);
	checkCategories(isShared ? builtIn : await heldBook(tx, userId), ids);
}
