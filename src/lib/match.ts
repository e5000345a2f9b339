/** How well a typed query fits a name, for pickers and the command palette. */

/** Lower case without accents, so "cafe" finds "Café" and "strasse" finds "Straße". */
export const fold = (text: string): string =>
	text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss');

/**
 * 0: the name is the query · 1: it begins with it · 2: a word in it does · 3: the query is somewhere inside · null: it is not.
 */
export function matchRank(query: string, name: string): 0 | 1 | 2 | 3 | null {
	const q = fold(query.trim());
	const text = fold(name.trim());
	if (text === q) return 0;
	if (text.startsWith(q)) return 1;
	if (text.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(q))) return 2;
	return text.includes(q) ? 3 : null;
}

/** The items that fit, best first, equals in their own order. `extra` gives further words that count a little less. */
export function bestMatches<T>(
	query: string,
	items: readonly T[],
	name: (item: T) => string,
	extra: (item: T) => string = () => ''
): T[] {
	if (query.trim() === '') return [...items];
	return items
		.map((item) => ({
			item,
			rank: matchRank(query, name(item)) ?? (extraRank(query, extra(item)) ? 4 : null)
		}))
		.filter((found) => found.rank !== null)
		.sort((a, b) => a.rank! - b.rank!)
		.map((found) => found.item);
}

const extraRank = (query: string, words: string): boolean =>
	words !== '' && (matchRank(query, words) ?? 3) < 3;
