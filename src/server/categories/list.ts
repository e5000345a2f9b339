import type { CategoryGroup } from '#lib/categories.ts';
import { CategoryBook } from '#lib/category-book.ts';
import { groupName } from '#lib/category-names.ts';
import { asLocale } from '#lib/i18n.ts';
import type { Db } from '../db/client.ts';
import { categoriesOf } from './book.ts';

export type CategoryView = {
	id: string;
	name: string;
	/** The key of the upper level, and its name. */
	group: CategoryGroup;
	parent: string;
	/** The person has made it: they can rename, move and merge it. */
	own: boolean;
	/** The person does not want to be offered it. */
	hidden: boolean;
};

/** Every category that a person can use, in display order. */
export async function listCategories(
	db: Db,
	{ id: userId, locale: language }: { id: string; locale: string }
): Promise<CategoryView[]> {
	const locale = asLocale(language);
	const { own, hidden } = await categoriesOf(db, userId);
	const book = new CategoryBook(own);
	return book.all().map(({ id, group }) => ({
		...{ id, name: book.nameOf(id, { locale }), group, parent: groupName(group, { locale }) },
		...{ own: book.isOwn(id), hidden: hidden.includes(id) }
	}));
}
