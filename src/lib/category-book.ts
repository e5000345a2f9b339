/** The categories that one person can use: the built-in ones and their own. */
import { categories, categoryGroups, groupOf, type CategoryGroup } from './categories.ts';
import { categoryName } from './category-names.ts';
import type { Locale } from './i18n.ts';
import type { OwnCategory } from './own-categories.ts';

export class CategoryBook {
	/** By name. */
	readonly own: readonly OwnCategory[];
	readonly #byId: ReadonlyMap<string, OwnCategory>;

	constructor(own: readonly OwnCategory[]) {
		this.own = own;
		this.#byId = new Map(own.map((one) => [one.id, one]));
	}

	/** The upper level of a category; undefined for one that is not in here. */
	groupOf(id: string): CategoryGroup | undefined {
		return groupOf(id) ?? this.#byId.get(id)?.group;
	}

	/** What a category is called; null and one that is not in here say "No category yet". */
	nameOf(id: string | null | undefined, options: { locale?: Locale } = {}): string {
		const own = this.#byId.get(id ?? '');
		if (own) return own.name;
		return categoryName(id && groupOf(id) ? id : null, options);
	}

	isOwn(id: string): boolean {
		return this.#byId.has(id);
	}

	/** All of a group in display order: the built-in ones, then the person's own. */
	idsOf(group: CategoryGroup): string[] {
		const builtIn = categories.filter((one) => one.group === group).map(({ key }) => key);
		return [...builtIn, ...this.own.filter((one) => one.group === group).map(({ id }) => id)];
	}

	/** All of them in display order. */
	all(): { id: string; group: CategoryGroup }[] {
		return categoryGroups.flatMap((group) => this.idsOf(group).map((id) => ({ id, group })));
	}
}

/** For what people share: nobody's own. */
export const builtIn = new CategoryBook([]);
