/**
 * Text as it is searched: compatibility forms folded (NFKC) and lower case, because the two databases fold case
 * differently. `%`, `_` and `\` mean something to LIKE and are dropped from both sides.
 */
export const searchText = (...parts: string[]): string =>
	parts
		.join(' ')
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[%_\\\s]+/g, ' ')
		.trim();
