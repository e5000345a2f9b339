import type { CategoryBook } from '#lib/category-book.ts';
import { groupName } from '#lib/category-names.ts';
import type { CategoryName } from '#lib/exports/document.ts';
import type { Locale } from '#lib/i18n.ts';

/** What the categories of a person are called, by id; '' is what has none yet. */
export function categoryNames(book: CategoryBook, locale: Locale): Record<string, CategoryName> {
	const names = book.all().map(({ id, group }): [string, CategoryName] => {
		return [id, { name: book.nameOf(id, { locale }), parent: groupName(group, { locale }), group }];
	});
	return { ...Object.fromEntries(names), '': { name: book.nameOf(null, { locale }), parent: '', group: '' } };
}
