/** Texts that name somebody or somewhere and say nothing else: shops are called like people and places, and people like shops. */

import { dirname, join } from 'node:path';
import { foldText } from '#lib/descriptor/fold.ts';
import { hashText } from '#lib/descriptor/hash.ts';
import { scan, shape, wordText } from '#lib/descriptor/scan.ts';
import { role, rolesOf } from '#lib/descriptor/words.ts';
import { readEntries } from './examples.ts';
import { isGeneric } from './generic.ts';
import { basePath } from './load.ts';

const titles = 'herr frau mr mrs ms miss mme mlle monsieur madame mevr dhr sr sra signor signora'.split(' ');
const aside = role.method | role.noise | role.courtesy;
const places = role.city | role.region;
const untold = aside | places | role.small | role.legal | role.processor;
/** A name so short is a first name as well as a firm's. */
const short = 3;

type Known = { firstNames: Set<string>; lettered: Set<string> };
let known: Known | undefined;

/**
 * Of the lexicon, read when first asked for: the first names that are frequent in a country, and the names that end with a single
 * letter, as a person's initial would: "Circle K".
 */
function lexicon(): Known {
	if (known) return known;
	const entries = readEntries(join(dirname(basePath()), 'lexicon'));
	const people = entries.filter(({ file }) => file === peopleFile);
	const lettered = entries.filter(({ text }) => /^[\p{L}']+ \p{L}$/u.test(text));
	known = {
		firstNames: new Set([...titles, ...people.map(({ text }) => foldText(text.split(' ')[0]!))]),
		lettered: new Set(lettered.map(({ text }) => foldText(text)))
	};
	return known;
}

/** The people of the lexicon. */
export const peopleFile: string = join('names', 'people.txt');

/** What a text says beside how and when was paid. `hasNumber`: also a number, or a word without a pattern. */
function read(description: string): { words: string[]; isPlace: boolean; hasNumber: boolean } {
	const scanned = scan(description);
	const words: string[] = [];
	let [isPlace, hasPlace, hasNumber] = [true, false, false];
	for (let i = 0; i < scanned.count; i++) {
		const roles = scanned.roles[i]!;
		if (scanned.shape[i] !== shape.word) hasNumber = true;
		else if ((roles & aside) === 0) words.push(wordText(i));
		if (scanned.shape[i] === shape.word) isPlace &&= (roles & untold) !== 0;
		hasPlace ||= (roles & places) !== 0;
	}
	return { words, isPlace: isPlace && hasPlace, hasNumber };
}

/**
 * - `place`: "LONDON", "PARIS FR": anything can be paid there.
 * - `person`: "Peter Shell", "Frau Penny": somebody's landlord or friend.
 * - `initial`: "MORRISON J": a letter says nothing to a model, which knows the rest as a shop.
 * - `firm`: "ACME LTD": one word of a company's name.
 * - `name`: "BEN", "SKY": money from there is a friend's as well as a firm's.
 */
export type Bare = 'place' | 'person' | 'initial' | 'firm' | 'name';

/** What a text is that says nothing but a name; null where it says more, or names what a business is. */
export function bareOf(description: string): Bare | null {
	const { words, isPlace, hasNumber } = read(description);
	if (isPlace) return 'place';
	const [first, last] = words;
	if (words.length === 1 && !hasNumber) {
		const isShort = first!.length <= short && /^[a-z]+$/.test(first!); // in Japanese two signs are a word
		return isShort || lexicon().firstNames.has(first!) ? 'name' : null;
	}
	if (words.length !== 2 || isGeneric(last!)) return null;
	if ((rolesOf(...hashText(last!)) & role.legal) !== 0) return 'firm';
	if (last!.length > 1) return lexicon().firstNames.has(first!) ? 'person' : null;
	const isInitial = !hasNumber && first!.length > short && !isGeneric(first!);
	return isInitial && !lexicon().lettered.has(first! + last!) ? 'initial' : null;
}
