/**
 * What the categoriser looks at in a transaction: words, pairs of neighbouring words, the beginnings of long words (bank
 * descriptors are cut and compounded), whether money came or went, and roughly how much.
 *
 * A feature is a short text ("rewe", "stadtwerke munchen", "super*", "out", "out 30"); on the hot path it is only ever
 * its hash, so that predicting allocates nothing.
 */

import { mixA, mixB, seedA, seedB } from '#lib/descriptor/hash.ts';
import { scan, shape, wordText, type Words } from '#lib/descriptor/scan.ts';
import { role } from '#lib/descriptor/words.ts';
import { minorDigits } from '#lib/money.ts';

/** Words with these roles say nothing about the category. */
const silent = role.method | role.noise | role.legal | role.small;
const space = 0x20;
const asterisk = 0x2a;
/** Length of a word's beginning, and the shortest word that has one. */
const pieceLength = 5;
const shortestPieced = 6;

const most = 256;

/**
 * The features of the transaction extracted last; the next extraction overwrites them. Those of its text stand by their
 * hashes, those of its amount as one of the few {@link circumstances}.
 */
export type Features = {
	count: number;
	readonly a: Int32Array;
	readonly b: Int32Array;
	circumstance: number;
};

const features: Features = { count: 0, a: new Int32Array(most), b: new Int32Array(most), circumstance: 0 };

const kinds = { word: 0, pair: 1, piece: 2 } as const;
const kind = new Uint8Array(most);
/** Per feature: index of its word; for pairs `left` is the word before. */
const source = new Uint8Array(most);
const left = new Uint8Array(most);

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
export function extract(description: string, amount: number, currency: string): Features {
	features.count = 0;
	const words = scan(description);
	let previous = -1;
	for (let i = 0; i < words.count; i++) {
		if (!speaks(words, i, previous)) continue;
		push(words.hashA[i]!, words.hashB[i]!, kinds.word, i, 0);
		if (words.end[i]! - words.start[i]! >= shortestPieced) pushPiece(words, i);
		if (previous >= 0) pushPair(words, previous, i);
		previous = i;
	}
	const euros = toEuros(amount, currency);
	let band = 0;
	while (euros >= bandLimits[band]!) band++;
	features.circumstance = (amount > 0 ? bandLimits.length : 0) + band;
	return features;
}

/** A place counts only where it may be the name itself, at the start: "Paris Baguette", not "… PARIS". */
function speaks(words: Words, index: number, previous: number): boolean {
	if (words.shape[index] !== shape.word || words.end[index]! - words.start[index]! < 2) return false;
	const roles = words.roles[index]!;
	if ((roles & silent) !== 0) return false;
	return previous < 0 || (roles & (role.city | role.region)) === 0;
}

function push(a: number, b: number, what: number, word: number, before: number): void {
	const index = features.count++;
	features.a[index] = a;
	features.b[index] = b;
	kind[index] = what;
	source[index] = word;
	left[index] = before;
}

function pushPair(words: Words, before: number, index: number): void {
	let a = mixA(words.hashA[before]!, space);
	let b = mixB(words.hashB[before]!, space);
	for (let i = words.start[index]!; i < words.end[index]!; i++) {
		a = mixA(a, words.units[i]!);
		b = mixB(b, words.units[i]!);
	}
	push(a, b, kinds.pair, index, before);
}

function pushPiece(words: Words, index: number): void {
	let a = seedA;
	let b = seedB;
	const begin = words.start[index]!;
	for (let i = begin; i < begin + pieceLength; i++) {
		a = mixA(a, words.units[i]!);
		b = mixB(b, words.units[i]!);
	}
	push(mixA(a, asterisk), mixB(b, asterisk), kinds.piece, index, 0);
}

/** The text of feature `index` of the last extraction. Its hashes are those of this text. */
function featureText(index: number): string {
	const word = source[index]!;
	switch (kind[index]) {
		case kinds.pair:
			return `${wordText(left[index]!)} ${wordText(word)}`;
		case kinds.piece:
			return `${wordText(word).slice(0, pieceLength)}*`;
		default:
			return wordText(word);
	}
}

/** All features of a transaction as texts, repeated where they occur repeatedly: for training and explanations. */
export function featureTexts(description: string, amount: number, currency: string): string[] {
	const { count, circumstance } = extract(description, amount, currency);
	return [...Array.from({ length: count }, (_, i) => featureText(i)), ...circumstances[circumstance]!];
}
