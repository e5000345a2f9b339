/**
 * What a person has said themselves: how often they put payments of a name into a category. It is mixed with what the model
 * thinks so that one correction decides for its merchant and leaves every other one alone. Pure: where the counts are kept is
 * the server's business.
 */

import { foldText } from '#lib/descriptor/fold.ts';
import { hashText } from '#lib/descriptor/hash.ts';
import { scan, shape, wordText, type Words } from '#lib/descriptor/scan.ts';
import { role, rolesOf } from '#lib/descriptor/words.ts';
import { merchantOf } from '#lib/merchant.ts';
import { isGeneric } from './generic.ts';
import type { Prediction } from './predict.ts';

/** Payments of one kind: a name in the bank's text, the direction of the money, and roughly how much ({@link sizeOf}). */
export type Kind = { name: string; incoming: boolean; size: number };
/** How often a person has put a kind of payment into a category, and when last (ms since 1970). */
export type OwnCount = Kind & { category: string; count: number; saidAt: number };

/** What a person has said of payments like one at hand. */
export type Said = {
	name: string;
	/** The payment has the very name; else it has the name and more, or the beginning of it. */
	exact: boolean;
	/** Strongest first; never empty. `weight` is what counts, `times` how often it was said. */
	categories: { category: string; weight: number; times: number }[];
};

/** A prediction with what the person has said taken in; `said` is null where that is nothing. */
export type Mixed = Prediction & { said: Said | null };

/** What predicts where a person has said nothing: a Model of predict.ts. */
export type Predictor = {
	predict(description: string, amount: number, currency: string): Prediction;
	/** Whether the prediction made last is of a merchant that training had. */
	readonly familiar?: boolean;
};

/**
 * How often the model counts as having spoken beside the person: little where the name is the very one, more where it is only
 * part of it. Below 1, so that one correction outweighs a model however sure; the confidence of a first one is 0.91 or 0.67.
 */
const modelCounts = { exact: 0.1, part: 0.5 } as const;
/** A habit that was given up counts this often at most: a few new corrections overcome hundreds of old ones. */
const mostOfOldHabit = 3;
/** So sure a model stays with its own where a name only resembles one the person has spoken of. */
const sureOfAnother = 0.5;

const star = 0x2a;
const longestName = 120;
const stemLength = 4;
/** Letters of a name that was cut off: so many at least, and so much of the whole. */
const shortestCut = 6;
const leastOfCut = 0.5;
/** Letters of a name that was run together with what stands around it: so many at least. */
const shortestRun = 8;
const articles = ['the', 'der', 'die', 'das', 'les', 'los', 'las', 'la', 'le', 'el', 'il'];

/**
 * The name that corrections are remembered by: the words of the payee in the bank's text, folded. Not of what the person may
 * have renamed it to: the next statement will not know about that. A payee that says only what it is ("Apotheke") takes the
 * word behind it along; one that says it has stores loses that word.
 */
export function ownName(description: string): string {
	const payee = merchantOf(description);
	const words = wordsOf(payee);
	while (branches.has(words.at(-1)!) && stands(words.slice(0, -1))) words.pop();
	if (!stands(words)) words.push(...wordsBehind(description, words));
	return (words.join(' ') || foldText(payee)).slice(0, longestName);
}

/** The kind that a payment is of. `amount` in minor units, outflow negative. */
export const kindOf = (description: string, amount: number): Kind => ({
	name: ownName(description),
	incoming: amount > 0,
	size: sizeOf(amount)
});

/** Half orders of magnitude, whatever the currency: a merchant is paid in one. 1.00 to 3.16 is one size, up to 9.99 the next. */
export const sizeOf = (amount: number): number =>
	amount === 0 ? 0 : Math.floor(2 * Math.log10(Math.abs(amount)));

function wordsOf(text: string): string[] {
	const words = scan(text);
	return Array.from({ length: words.count }, (_, i) => i)
		.filter((i) => words.shape[i] === shape.word)
		.map(wordText);
}

/** The next word of a text behind a payee's own, with the small ones before it; none beyond a number. */
function wordsBehind(description: string, payee: readonly string[]): string[] {
	const words = scan(description);
	const behind: string[] = [];
	for (let at = indexOf(words, payee[0]) + payee.length; at < words.count; at++) {
		if (words.shape[at] !== shape.word) return [];
		const roles = words.roles[at]!;
		if ((roles & (role.legal | role.method | role.purpose | role.courtesy)) !== 0) return [];
		behind.push(wordText(at));
		if ((roles & (role.small | role.noise)) === 0) return behind;
	}
	return [];
}

/** Where a word stands in a text; behind all of them when it does not. */
function indexOf(words: Words, word: string | undefined): number {
	const [a, b] = hashText(word ?? '');
	let at = 0;
	while (at < words.count && (words.hashA[at] !== a || words.hashB[at] !== b)) at++;
	return at;
}

/** What a chain calls its branches, with a number behind it. */
const branches = new Set(['store', 'stores', 'shop', 'branch', 'filiale', 'fil', 'outlet']);

/** What a house of one name calls its other businesses: "Shell Energy" is not Shell. */
const ventures = new Set(
	'bank energy energie mobile phone internet telecom insurance versicherung assurance travel reisen'.split(
		' '
	)
);

/** Words that are in many names: they tell none from another. */
const common =
	role.city |
	role.region |
	role.method |
	role.noise |
	role.purpose |
	role.courtesy |
	role.legal |
	role.small |
	role.processor |
	role.local;

const rolesIn = (word: string): number => rolesOf(...hashText(word));

const tells = (word: string): boolean =>
	word.length > 1 && !isGeneric(word) && (rolesIn(word) & common) === 0;

/** "Stadtwerke" is a name with whatever stands behind it. */
const isLocal = (words: readonly string[]): boolean =>
	words.length > 1 && (rolesIn(words[0]!) & role.local) !== 0;

/** Whether there is a word among them that is somebody's own. "Noodle Bar" has none, and may still be a name. */
const isTelling = (words: readonly string[]): boolean => words.some(tells) || isLocal(words);

/** Whether words can be a name by themselves: "Restaurant" cannot. */
const stands = (words: readonly string[]): boolean => words.length > 1 || isTelling(words);

/** A name that a person has spoken of. */
type Name = {
	text: string;
	words: readonly string[];
	letters: string;
	/** Hashes of its words, two numbers each. */
	hashes: readonly number[];
	counts: OwnCount[];
};

function nameOf(text: string, letters: string): Name {
	const words = text.split(' ');
	return { text, words, letters, hashes: words.flatMap(hashText), counts: [] };
}

/** `longer`: the text has more words than the name; `cut`: it breaks off within it. */
type Found = { name: Name; how: 'same' | 'longer' | 'cut' };

/** All that one person has said, ready to be asked about many payments. */
export class OwnCounts {
	readonly #byLetters = new Map<string, Name>();
	/** Names that can be part of a longer one, by the first hash of their first word. */
	readonly #byFirstWord = new Map<number, Name[]>();
	/** Names that can be cut off, by their first letters. */
	readonly #byStem = new Map<string, Name[]>();
	/** What was found for payees whose name stands by itself: statements repeat them. */
	readonly #seen = new Map<string, { letters: string; name: Name | undefined }>();

	constructor(counts: readonly OwnCount[]) {
		for (const count of counts) {
			const letters = count.name.replaceAll(' ', '');
			const name = this.#byLetters.get(letters) ?? this.#add(nameOf(count.name, letters));
			name.counts.push(count);
		}
	}

	#add(name: Name): Name {
		this.#byLetters.set(name.letters, name);
		if (!stands(name.words)) return name;
		push(this.#byStem, name.letters.slice(0, stemLength), name);
		// "Amazon" says nothing of what else Amazon does, and "Noodle Bar" nothing of another noodle bar.
		const isUmbrella = name.words.length === 1 && (rolesIn(name.words[0]!) & role.umbrella) !== 0;
		if (isTelling(name.words) && !isUmbrella) push(this.#byFirstWord, name.hashes[0]!, name);
		return name;
	}

	/**
	 * What the model makes of a payment, corrected by what the person has said of payments like it. `amount` in minor units,
	 * outflow negative; `payee` is `merchantOf` of the description, where it is known already.
	 */
	predict(model: Predictor, description: string, amount: number, currency: string, payee?: string): Mixed {
		const found = this.#byLetters.size > 0 ? this.#find(description, payee ?? merchantOf(description)) : null;
		const guess = model.predict(description, amount, currency);
		const categories = found && weigh(found.name.counts, amount);
		if (!categories) return { ...guess, said: null };
		const { name, how } = found;
		if (how === 'longer' && guess.confidence >= sureOfAnother) {
			// Is it the words beside the name that the model is sure of? Then this is another merchant.
			const usual = model.familiar ? spokenOf(name.counts, amount) : amount;
			const others = [amount, usual].map((of) => model.predict(name.text, of, currency).category);
			if (others.some((category) => category !== guess.category)) {
				// Once more, so that the model's last prediction is this one.
				return { ...model.predict(description, amount, currency), said: null };
			}
		}
		return mix(guess, { name: name.text, exact: how === 'same' && stands(name.words), categories });
	}

	#find(description: string, payee: string): Found | null {
		const longest = this.#within(description);
		const { letters, name: same } = this.#sameAs(payee, description);
		if (same) return { name: same, how: 'same' };
		const together = this.#runTogether(letters);
		if (together) return { name: together, how: 'longer' };
		// A letter or two more is the rest of a word, of which nothing can be said.
		const more = longest ? letters.length - longest.letters.length : 0;
		if (longest) return { name: longest, how: more === 1 || more === 2 ? 'cut' : 'longer' };
		const cut = this.#cutOff(letters, () => lettersOnwards(description, payee));
		return cut && { name: cut, how: 'cut' };
	}

	/** The name that is the payee's own. */
	#sameAs(payee: string, description: string): { letters: string; name: Name | undefined } {
		const known = this.#seen.get(payee);
		if (known) return known;
		const letters = ownName(description).replaceAll(' ', '');
		const found = { letters, name: this.#byLetters.get(letters) };
		if (stands(wordsOf(payee))) this.#seen.set(payee, found);
		return found;
	}

	/**
	 * The name that these letters are of, beside an article, a legal form, a place or a number run together with it:
	 * "THERUSTYSPOON", "GREENTECHGMBH", "REWE12".
	 */
	#runTogether(letters: string): Name | undefined {
		const unnumbered = this.#byLetters.get(letters.replace(/\d{1,2}$/, ''));
		if (unnumbered && isTelling(unnumbered.words)) return unnumbered;
		if (letters.length < shortestRun) return undefined;
		for (const article of ['', ...articles]) {
			if (!letters.startsWith(article)) continue;
			const rest = letters.slice(article.length);
			const whole = this.#byLetters.get(rest);
			if (whole && isTelling(whole.words)) return whole;
			for (const name of this.#byStem.get(rest.slice(0, stemLength)) ?? []) {
				const more = rest.startsWith(name.letters) ? rest.slice(name.letters.length) : '';
				if (more !== '' && (rolesIn(more) & (role.legal | role.city)) !== 0 && isTelling(name.words))
					return name;
			}
		}
		return undefined;
	}

	/** The longest name all of whose words stand in the text one after the other; a single word only in front or behind a star. */
	#within(description: string): Name | null {
		const words = scan(description);
		let longest: Name | null = null;
		let begun = false;
		for (let i = 0; i < words.count; i++) {
			if (words.shape[i] !== shape.word) continue;
			for (const name of this.#byFirstWord.get(words.hashA[i]!) ?? []) {
				if (name.words.length === 1 && begun && words.before[i] !== star) continue;
				if (name.letters.length <= (longest?.letters.length ?? 0)) continue;
				if (name.words.length === 1 && i + 1 < words.count && ventures.has(wordText(i + 1))) continue;
				if (startsAt(words, i, name.hashes)) longest = name;
			}
			begun ||= (words.roles[i]! & common) === 0;
		}
		return longest;
	}

	/** The one name that these are the first letters of; null when there are several. */
	#cutOff(letters: string, onwards: () => string): Name | null {
		const like = this.#byStem.get(letters.slice(0, stemLength));
		if (!like) return null;
		const more = onwards();
		const cut = like.filter((name) => isCut(name, letters) || isCut(name, more));
		return cut.length === 1 ? cut[0]! : null;
	}
}

function push<Key>(map: Map<Key, Name[]>, key: Key, name: Name): void {
	const list = map.get(key);
	if (list) list.push(name);
	else map.set(key, [name]);
}

/** An amount of the size that the person spoke of last, of money going the way of `amount`. */
function spokenOf(counts: readonly OwnCount[], amount: number): number {
	const heard = counts.filter(({ incoming }) => incoming === amount > 0);
	const { size } = heard.reduce((last, count) => (count.saidAt > last.saidAt ? count : last));
	return Math.sign(amount) * Math.round(10 ** ((size + 0.5) / 2));
}

function startsAt(words: Words, at: number, hashes: readonly number[]): boolean {
	if (at + hashes.length / 2 > words.count) return false;
	for (let i = 0; i < hashes.length; i += 2) {
		const word = at + i / 2;
		if (words.hashA[word] !== hashes[i] || words.hashB[word] !== hashes[i + 1]) return false;
	}
	return true;
}

/** All letters from the payee's first to the last before a number: the end of a name that was cut looks like anything. */
function lettersOnwards(description: string, payee: string): string {
	const [first] = wordsOf(payee);
	const words = scan(description);
	let letters = '';
	for (let at = indexOf(words, first); at < words.count && words.shape[at] === shape.word; at++) {
		letters += wordText(at);
	}
	return letters;
}

/** Whether letters are those of a name without its end: enough of it, with some of what tells it or of a second word. */
function isCut({ words, letters: all }: Name, letters: string): boolean {
	if (letters.length < Math.max(shortestCut, all.length * leastOfCut) || !all.startsWith(letters))
		return false;
	if (letters === words[0]) return false;
	let at = 0;
	for (const [i, word] of words.entries()) {
		if (at >= letters.length) break;
		if (tells(word) || (i > 0 && (rolesIn(word) & role.small) === 0)) return true;
		at += word.length;
	}
	return false;
}

/**
 * What was said of money going the same way: a refund is not what the shop is. Where sizes were put into different categories,
 * those of this size are heard alone, if there are any. What was said last counts in full, what was said before only as a habit.
 */
function weigh(counts: readonly OwnCount[], amount: number): Said['categories'] | null {
	let heard = counts.filter(({ incoming }) => incoming === amount > 0);
	if (heard.some(({ category }) => category !== heard[0]!.category)) {
		const same = heard.filter(({ size }) => size === sizeOf(amount));
		if (same.length > 0) heard = same;
	}
	if (heard.length === 0) return null;
	const byCategory = new Map<string, { times: number; saidAt: number }>();
	for (const { category, count, saidAt } of heard) {
		const { times, saidAt: before } = byCategory.get(category) ?? { times: 0, saidAt: 0 };
		byCategory.set(category, { times: times + count, saidAt: Math.max(saidAt, before) });
	}
	return [...byCategory]
		.sort(([, one], [, other]) => other.saidAt - one.saidAt)
		.map(([category, { times }], i) => ({
			category,
			times,
			weight: i === 0 ? times : Math.min(times, mostOfOldHabit)
		}))
		.sort((one, other) => other.weight - one.weight); // of equals the later stays in front
}

/**
 * The model counts as a small number of further corrections, for its own choice as far as it is sure (a Dirichlet prior): it
 * decides between equals, and gives way to whoever speaks clearly.
 */
function mix(guess: Prediction, said: Said): Mixed {
	const counts: number = modelCounts[said.exact ? 'exact' : 'part'];
	const total = said.categories.reduce((sum, { weight }) => sum + weight, counts);
	const weights = new Map(said.categories.map(({ category, weight }) => [category, weight]));
	weights.set(guess.category, (weights.get(guess.category) ?? 0) + counts * guess.confidence);
	const [first, second] = [...weights].sort(([, one], [, other]) => other - one);
	return {
		category: first![0],
		confidence: first![1] / total,
		runnerUp: second?.[0] ?? guess.runnerUp,
		said
	};
}
