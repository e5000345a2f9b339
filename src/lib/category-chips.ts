/** Many categories in few words. */
import { categoryGroups, isCategoryGroup, type CategoryGroup } from './categories.ts';
import { groupName } from './category-names.ts';
import { categoryName, myBook } from './my-categories.ts';

/** One category or, with null, all of an upper-level group. */
export type CategoriesChip = { group: CategoryGroup; category: string | null; keys: string[] };

/**
 * In the order of the list of categories; a group that is there as a whole stands for its categories. `book`: those there are.
 */
export function chipsOf(categoryIds: readonly string[], book = myBook()): CategoriesChip[] {
	return categoryGroups.flatMap((group): CategoriesChip[] => {
		const all = keysOf(group, book);
		const chosen = all.filter((key) => categoryIds.includes(key));
		if (chosen.length === all.length) return [{ group, category: null, keys: all }];
		return chosen.map((key) => ({ group, category: key, keys: [key] }));
	});
}

export const chipText = ({ group, category }: CategoriesChip): string =>
	category === null ? groupName(group) : categoryName(category);

/** The categories of a group, or the one category that a key names. */
export const keysOf = (key: string, book = myBook()): string[] =>
	isCategoryGroup(key) ? book.idsOf(key) : [key];
