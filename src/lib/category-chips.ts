/** Many categories in few words. */
import { categories, categoryGroups, type CategoryGroup } from './categories.ts';
import { categoryName, groupName } from './category-names.ts';

/** One category or, with null, all of an upper-level group. */
export type CategoriesChip = { group: CategoryGroup; category: string | null; keys: string[] };

/** In the order of the list of categories; a group that is there as a whole stands for its categories. */
export function chipsOf(categoryIds: readonly string[]): CategoriesChip[] {
	return categoryGroups.flatMap((group): CategoriesChip[] => {
		const all = keysOf(group);
		const chosen = all.filter((key) => categoryIds.includes(key));
		if (chosen.length === all.length) return [{ group, category: null, keys: all }];
		return chosen.map((key) => ({ group, category: key, keys: [key] }));
	});
}

export const chipText = ({ group, category }: CategoriesChip): string =>
	category === null ? groupName(group) : categoryName(category);

/** The categories of a group, or the one category that a key names. */
export const keysOf = (key: string): string[] =>
	(categoryGroups as readonly string[]).includes(key)
		? categories.filter(({ group }) => group === key).map((category) => category.key)
		: [key];
