import { categories } from '#lib/categories.ts';
import { categoryName, groupName } from '#lib/category-names.ts';
import type { Locale } from '#lib/i18n.ts';

/** Every category there is, in display order; `group` is the key of the upper level, `parent` its name. */
export const listCategories = (locale: Locale) =>
	categories.map(({ key, group }) => ({
		id: key,
		name: categoryName(key, { locale }),
		group,
		parent: groupName(group, { locale })
	}));
