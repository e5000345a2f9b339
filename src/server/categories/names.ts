import { categories, categoryGroups } from '#lib/categories.ts';
import { categoryName, groupName } from '#lib/category-names.ts';
import { locales } from '#lib/paraglide/runtime.js';
import type { Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';

/** The same for all ways to write a name: neither case nor width nor spacing tells two categories from each other. */
export const nameKey = (name: string): string =>
	name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

/** What Quits itself calls a category or a group: in every language, since whoever changes theirs would see two alike. */
const builtIn = new Set(
	locales.flatMap((locale) =>
		[
			...categories.map(({ key }) => categoryName(key, { locale })),
			...categoryGroups.map((group) => groupName(group, { locale }))
		].map(nameKey)
	)
);

/**
 * The key of a name that a person can give: nothing else in their lists is called so. `id` is the one that is to have it.
 * Errors: CONFLICT (`category_name_taken`, `category_name_built_in`).
 */
export async function freeName(tx: Tx, userId: string, name: string, id: string): Promise<string> {
	const key = nameKey(name);
	if (builtIn.has(key)) throw taken('category_name_built_in');
	const other = await tx.category.findFirst({ where: { userId, nameKey: key, id: { not: id } } });
	if (other) throw taken('category_name_taken');
	return key;
}

const taken = (reason: string): DomainError =>
	new DomainError('CONFLICT', reason, { fields: { name: reason } });
