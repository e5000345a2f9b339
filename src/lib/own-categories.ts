/** Where a page knows its person's categories from. By itself, so that the layout of all pages brings no list of them along. */
import type { CategoryGroup } from './categories.ts';

/** A category that a person has made. */
export type OwnCategory = { id: string; name: string; group: CategoryGroup };

export type MyCategories = {
	own: readonly OwnCategory[];
	/** Those that they do not want to be offered, built-in ones too. */
	hidden: readonly string[];
};

let source: () => MyCategories | undefined = () => undefined;

/** On the server pages of many people are made at once: `where` is asked anew each time. */
export const myCategoriesFrom = (where: typeof source): void => void (source = where);

/** Undefined where nobody is signed in. */
export const myCategories = (): MyCategories | undefined => source();
