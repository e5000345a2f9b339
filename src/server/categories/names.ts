import { categories } from '#lib/categories.ts';
import { categoryName } from '#lib/category-names.ts';
import { asLocale } from '#lib/i18n.ts';
import type { Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';

/** The same for all ways to write a name: neither case nor width nor spacing tells two categories from each other. */
export const nameKey = (name: string): string =>
	name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

/**
 * The key of a name that a person can give: no other category that they see is called so. `id` is the one that is to have it.
 * Error: CONFLICT (`category_name_taken`).
 */
export async function freeName(
	tx: Tx,
	user: { id: string; locale: string },
	name: string,
	id: string
): Promise<string> {
	const key = nameKey(name);
	const locale = asLocale(user.locale);
	const isBuiltIn = categories.some((one) => nameKey(categoryName(one.key, { locale })) === key);
	const other =
		isBuiltIn ||
		(await tx.category.findFirst({ where: { userId: user.id, nameKey: key, id: { not: id } } })) !== null;
	if (other) {
		throw new DomainError('CONFLICT', 'category_name_taken', { fields: { name: 'category_name_taken' } });
	}
	return key;
}
