/** What members of a group are called: everybody in it by a name of their own. */

/** The same for two names that people would read as one: case, blanks and what is not seen do not tell anybody apart. */
export const nameKey = (name: string): string =>
	name
		.normalize('NFKC')
		.replace(/\p{Cf}/gu, '')
		.toLowerCase()
		.replace(/\s+/g, ' ')
		.trim();

/** The longest name (`line(80)` in what is sent). */
const longest = 80;

/** A name that none of `taken` is: the wanted one, or with the first number that is free ("Ana 2"). */
export function freeName(wanted: string, taken: readonly string[]): string {
	const keys = new Set(taken.map(nameKey));
	let name = wanted;
	for (let n = 2; keys.has(nameKey(name)); n++) {
		const suffix = ` ${n}`;
		name = wanted.slice(0, longest - suffix.length).toWellFormed() + suffix;
	}
	return name;
}
