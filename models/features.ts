/**
 * What the categoriser looks at in a transaction: its words and their pieces of four letters (bank descriptors are cut,
 * misspelt and compounded), pairs of neighbours, all its words together, whether money came or went, and roughly how much.
 *
 * A feature is a short text; on the hot path it is only ever its hash, so that predicting allocates nothing:
 *
 * | feature          | text                                                            |
 * | ---------------- | --------------------------------------------------------------- |
 * | word             | `rewe`                                                          |
 * | piece            | `#^rew`, `#rewe`, `#ewe$`                                       |
 * | pair             | `stadtwerke munchen`                                            |
 * | all words        | `=stadtwerke munchen`                                           |
 * | … and the amount | `=stadtwerke munchen out 30`, only for texts that come again    |
 * | the whole text   | `==stadtwerke munchen 4711`, its numbers too; likewise          |
 * | circumstances    | `out`, `out 30`                                                 |
 */

import { hashText, mixA, mixB, seedA, seedB } from '#lib/descriptor/hash.ts';
import { scan, shape, wordText, type Words } from '#lib/descriptor/scan.ts';
import { role } from '#lib/descriptor/words.ts';
import { minorDigits } from '#lib/money.ts';

/** How a model reads: part of it, since it must read as it was trained. */
export type Reading = {
	/** How much a piece counts against a word's 1; 0 for none. */
	pieces: number;
	/** Whether texts are expected to come again as they are: then the whole text, and its words with the amount, are features. */
	repeats: boolean;
};

/** For merchants that are met for the first time, as most are when a model serves many people: pieces help. See README.md. */
export const readingOfMany: Reading = { pieces: 0.3, repeats: false };
/** For a history whose merchants come again: what was written whole says more than pieces. */
export const readingOfHistory: Reading = { pieces: 0.06, repeats: true };

/** Words with these roles say nothing about the category. */
const silent = role.method | role.noise | role.legal | role.small | role.courtesy;
const equals = 0x3d;
const hash = 0x23;
const asterisk = 0x2a;
const caret = 0x5e;
const dollar = 0x24;
const pieceLength = 4;

/** A transaction has no more words or phrases than this, and no more pieces. */
export const mostFeatures = 160;
export const mostPieces = 1024;

/**
 * The features of the transaction extracted last; the next extraction overwrites them. `word[i]` is the place of a word
 * that speaks in the last scan. Phrases (pairs, all words, the whole text) stand by their hashes. The amount's features
 * are one of the few {@link circumstances}.
 */
export type Features = {
	wordCount: number;
	readonly word: Uint8Array;
	phraseCount: number;
	readonly phraseA: Int32Array;
	readonly phraseB: Int32Array;
	circumstance: number;
	readonly words: Words;
};

const features: Features = {
	wordCount: 0,
	word: new Uint8Array(mostFeatures),
	phraseCount: 0,
	phraseA: new Int32Array(mostFeatures),
	phraseB: new Int32Array(mostFeatures),
	circumstance: 0,
	words: scan('')
};

/** Upper bounds of the amount bands, in euros. */
export const bandLimits = [4, 12, 30, 80, 250, 800, Infinity] as const;

/** Rough units of a currency per euro: bands are wide, so a rate years old serves. Others count as 1. */
const perEuro: Record<string, number> = {
	JPY: 160, KRW: 1500, INR: 95, SEK: 11, NOK: 11.5, DKK: 7.5, PLN: 4.3, CZK: 25, HUF: 400, ISK: 150, TRY: 40,
	CNY: 7.8, HKD: 8.5, TWD: 35, THB: 38, PHP: 65, IDR: 17500, VND: 28000, MXN: 20, BRL: 6, ZAR: 20, RUB: 95,
	AUD: 1.7, NZD: 1.85, CAD: 1.55, SGD: 1.45, ILS: 4, RON: 5, KWD: 0.33, BHD: 0.4, AED: 4
}; // prettier-ignore

/** The features of every direction and amount band: two texts each. */
export const circumstances: readonly (readonly string[])[] = ['out', 'in'].flatMap((direction) =>
	bandLimits.map((_, i) => [direction, `${direction} ${i === 0 ? 0 : bandLimits[i - 1]}`])
);

/** The hashes of the words of the second text of each. */
const circumstanceHashes = circumstances.map(([, text]) => text!.split(' ').map(hashText));

const minorPerEuro = new Map<string, number>();

function toEuros(amount: number, currency: string): number {
	let rate = minorPerEuro.get(currency);
	if (rate === undefined) {
		rate = (perEuro[currency] ?? 1) * 10 ** minorDigits(currency);
		minorPerEuro.set(currency, rate);
	}
	return Math.abs(amount) / rate;
}

/** Reads a transaction's features. `amount` in minor units, outflow negative. The result is shared: read it at once. */
export function extract(description: string, amount: number, currency: string, repeats: boolean): Features {
	const words = scan(description);
	let count = 0;
	features.phraseCount = 0;
	let a = mixA(seedA, equals);
	let b = mixB(seedB, equals);
	for (let i = 0; i < words.count; i++) {
		if (!speaks(words, i, count)) continue;
		const wordA = words.hashA[i]!;
		const wordB = words.hashB[i]!;
		a = mixA(a, wordA);
		b = mixB(b, wordB);
		if (count > 0) {
			const before = features.word[count - 1]!;
			pushPhrase(
				mixA(mixA(seedA, words.hashA[before]!), wordA),
				mixB(mixB(seedB, words.hashB[before]!), wordB)
			);
		}
		features.word[count++] = i;
	}
	features.wordCount = count;
	features.circumstance = circumstanceOf(amount, currency);
	if (count > 0) pushPhrase(a, b);
	if (repeats) pushRepeats(words, a, b);
	return features;
}

/** Index of a transaction's {@link circumstances}. */
export function circumstanceOf(amount: number, currency: string): number {
	const euros = toEuros(amount, currency);
	let band = 0;
	while (euros >= bandLimits[band]!) band++;
	return (amount > 0 ? bandLimits.length : 0) + band;
}

/** A place counts only where it may be the name itself, at the start: "Paris Baguette", not "… PARIS". */
function speaks(words: Words, index: number, before: number): boolean {
	if (words.shape[index] !== shape.word || words.end[index]! - words.start[index]! < 2) return false;
	const roles = words.roles[index]!;
	if ((roles & silent) !== 0) return false;
	// "SQ *Blue Bottle": who only passes the money on says nothing; "PayPal" alone does.
	if ((roles & role.processor) !== 0 && index + 1 < words.count && words.before[index + 1] === asterisk) {
		return false;
	}
	return before === 0 || (roles & (role.city | role.region)) === 0;
}

function pushPhrase(a: number, b: number): void {
	features.phraseA[features.phraseCount] = a;
	features.phraseB[features.phraseCount++] = b;
}

/** From the hash of all words: that of them with the amount, and that of the whole text. */
function pushRepeats(words: Words, allA: number, allB: number): void {
	let a = allA;
	let b = allB;
	for (const [wordA, wordB] of circumstanceHashes[features.circumstance]!) {
		a = mixA(a, wordA);
		b = mixB(b, wordB);
	}
	pushPhrase(a, b);
	a = mixA(mixA(seedA, equals), equals);
	b = mixB(mixB(seedB, equals), equals);
	for (let i = 0; i < words.count; i++) {
		a = mixA(a, words.hashA[i]!);
		b = mixB(b, words.hashB[i]!);
	}
	pushPhrase(a, b);
}

/** The hashes that {@link extract} gives a feature: a phrase's are mixed from those of its words. */
export function hashFeature(text: string): [a: number, b: number] {
	if (isWord(text) || isPiece(text)) return hashText(text);
	let a = seedA;
	let b = seedB;
	let rest = text;
	for (; rest.startsWith('='); rest = rest.slice(1)) {
		a = mixA(a, equals);
		b = mixB(b, equals);
	}
	for (const word of rest.split(' ').filter(Boolean)) {
		const [wordA, wordB] = hashText(word);
		a = mixA(a, wordA);
		b = mixB(b, wordB);
	}
	return [a, b];
}

/** Calls `take` with the hashes of each piece of a word of the last scan. */
export function eachPiece(words: Words, index: number, take: (a: number, b: number) => void): void {
	const start = words.start[index]!;
	const length = words.end[index]! - start;
	const at = (i: number): number => (i === 0 ? caret : i > length ? dollar : words.units[start + i - 1]!);
	for (let i = 0; i + pieceLength <= length + 2; i++) {
		let a = mixA(seedA, hash);
		let b = mixB(seedB, hash);
		for (let j = i; j < i + pieceLength; j++) {
			a = mixA(a, at(j));
			b = mixB(b, at(j));
		}
		take(a, b);
	}
}

/** Whether a feature's text is a word; whether it is a piece of one. */
export const isWord = (text: string): boolean => !/[ #=]/.test(text);
export const isPiece = (text: string): boolean => text.startsWith('#');

/** The pieces of a word as texts. */
export function piecesOf(word: string): string[] {
	const marked = `^${word}$`;
	const count = Math.max(0, marked.length - pieceLength + 1);
	return Array.from({ length: count }, (_, i) => `#${marked.slice(i, i + pieceLength)}`);
}

/** The texts of a transaction's words, phrases and circumstances: for training and explanations. */
export type FeatureTexts = {
	words: string[];
	pairs: string[];
	/** All words together, and what there is besides for texts that come again. */
	whole: string[];
	circumstances: readonly string[];
};

/** Reads a transaction's features as texts; see {@link extract}. */
export function readTexts(
	description: string,
	amount: number,
	currency: string,
	repeats: boolean
): FeatureTexts {
	const { wordCount, word, circumstance, words: scanned } = extract(description, amount, currency, repeats);
	const words = Array.from({ length: wordCount }, (_, i) => wordText(word[i]!));
	const all = `=${words.join(' ')}`;
	const texts = Array.from({ length: scanned.count }, (_, i) => wordText(i)).join(' ');
	return {
		words,
		pairs: words.slice(1).map((text, i) => `${words[i]} ${text}`),
		whole: [
			...(wordCount > 0 ? [all] : []),
			...(repeats ? [`${all} ${circumstances[circumstance]![1]}`, `==${texts}`] : [])
		],
		circumstances: circumstances[circumstance]!
	};
}

/** The features of a text with how much each counts, repeated where they occur repeatedly; without its circumstances. */
export function textFeatures(texts: FeatureTexts, pieces: number): [text: string, weight: number][] {
	const { words, pairs, whole } = texts;
	const weighted = [...words, ...pairs, ...whole].map((text): [string, number] => [text, 1]);
	if (pieces > 0) {
		for (const word of words) for (const piece of piecesOf(word)) weighted.push([piece, pieces]);
	}
	return weighted;
}

/** Every feature of a transaction with how much it counts: a row for the library. */
export function weightedFeatures(
	description: string,
	amount: number,
	currency: string,
	{ pieces, repeats }: Reading
): [text: string, weight: number][] {
	const texts = readTexts(description, amount, currency, repeats);
	return [...textFeatures(texts, pieces), ...texts.circumstances.map((text): [string, number] => [text, 1])];
}

/** The texts alone, repeated where they occur repeatedly. */
export function featureTexts(
	description: string,
	amount: number,
	currency: string,
	reading: Reading = readingOfMany
): string[] {
	return weightedFeatures(description, amount, currency, reading).map(([text]) => text);
}
