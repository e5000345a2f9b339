/** What a new expense is likely to be for. */
import { categoryName } from '#lib/category-names.ts';

export type Suggestion = { description: string; categoryId: string | null };

const most = 4;
/** What people share first, before a group has a history of its own. */
const usual = ['groceries', 'restaurants', 'rent', 'electricity_gas'];

/** What a group paid for most often among its last expenses (newest first), filled up with what is usual. */
export function suggestionsFrom(expenses: readonly Suggestion[]): Suggestion[] {
	const byText = Map.groupBy(expenses, ({ description }) => description.trim().toLowerCase());
	const own = [...byText.values()]
		.sort((a, b) => b.length - a.length)
		.map(([latest]) => ({ description: latest!.description, categoryId: latest!.categoryId }));
	const common = usual
		.map((key) => ({ description: categoryName(key), categoryId: key }))
		.filter(({ description }) => !byText.has(description.toLowerCase()));
	return [...own, ...common].slice(0, most);
}
