/** The categories of the person whose page this is. What groups share is named by category-names.ts: built-in ones only. */
import { isCategoryGroup, type CategoryGroup } from './categories.ts';
import { builtIn, CategoryBook } from './category-book.ts';
import { groupName } from './category-names.ts';
import { myCategories, type MyCategories } from './own-categories.ts';

const books = new WeakMap<MyCategories, CategoryBook>();

export function myBook(): CategoryBook {
	const mine = myCategories();
	if (!mine) return builtIn;
	const book = books.get(mine) ?? new CategoryBook(mine.own);
	books.set(mine, book);
	return book;
}

export const hiddenCategories = (): readonly string[] => myCategories()?.hidden ?? [];

/** The name of a category, built in or their own; "No category yet" where there is none, or none any more. */
export const categoryName = (id: string | null | undefined): string => myBook().nameOf(id);

export const groupOf = (id: string): CategoryGroup | undefined => myBook().groupOf(id);

/** What an area of reports (`areaOf` of reports/groups.ts) is called: a group, a category, or none yet. */
export const areaName = (area: string): string =>
	isCategoryGroup(area) ? groupName(area) : categoryName(area === 'none' ? null : area);

/** The group, or `none`, in whose colour an area is drawn. */
export const areaColour = (area: string): string =>
	isCategoryGroup(area) ? area : (groupOf(area) ?? 'none');
