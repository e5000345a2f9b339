/** What a guesser knows of a person. */
export type About = { email?: string | undefined; name?: string | undefined };

export const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

const shortest = 3;
const apart = /[^\p{L}\p{N}]+/u;

/**
 * The words that somebody who knows the person would try first, folded, the longest first: name and address as they are
 * written, run together, and in pieces. The end of a domain says nothing about anybody: "com" is part of "comfortable".
 */
export function wordsAbout({ email = '', name = '' }: About): string[] {
	const [local = '', domain = ''] = fold(email).split('@');
	const labels = domain.split('.').slice(0, -1);
	const words = ['quits', fold(email), fold(name), ...labels];
	for (const text of [local, fold(name), ...labels]) {
		const pieces = text.split(apart);
		words.push(text, pieces.join(''), ...pieces);
	}
	return [...new Set(words)].filter(({ length }) => length >= shortest).sort((a, b) => b.length - a.length);
}

/** What a password is made of beside those words; null when it has none of them. `password` is folded. */
export function besideWords(password: string, words: readonly string[]): string | null {
	let rest = password;
	for (const word of words) rest = rest.replaceAll(word, '');
	return rest === password ? null : rest;
}
