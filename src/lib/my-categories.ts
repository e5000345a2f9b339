/** The categories of the person whose page this is. */
import type { CategoryGroup } from './categories.ts';
import { builtIn, CategoryBook, type OwnCategory } from './category-book.ts';

export type MyCategories = {
	own: readonly OwnCategory[];
	/** Those that they do not want to be offered. */
	hidden: readonly string[];
};

let source: () => MyCategories | undefined = () => undefined;

/** Says where the page knows them from. On the server pages of many people are made at once: it must be asked anew each time. */
export const myCategoriesFrom = (where: typeof source): void => void (source = where);

const books = new WeakMap<MyCategories, CategoryBook>();

export function myBook(): CategoryBook {
	const mine = source();
	if (!mine) return builtIn;
	const book = books.get(mine) ?? new CategoryBook(mine.own);
	books.set(mine, book);
	return book;
}

export const hiddenCategories = (): readonly string[] => source()?.hidden ?? [];

/** The name of a category, built in or their own; "No category yet" where there is none, or none any more. */
export const categoryName = (id: string | null | undefined): string => myBook().nameOf(id);

export const groupOf = (id: string): CategoryGroup | undefined => myBook().groupOf(id);
