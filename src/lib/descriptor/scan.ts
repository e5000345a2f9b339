/**
 * Reads a bank descriptor into words, in one pass over its characters. Both the payee people see (`merchant.ts`) and the
 * categoriser's features (`models/features.ts`) start here, so they always agree on what a word is.
 */

import { foldUnit } from './fold.ts';
import { mixA, mixB, seedA, seedB } from './hash.ts';
import { pair, pairOf, role, rolesOf } from './words.ts';

/** Text beyond this many UTF-16 units is not read: what names the payee comes first, references follow. */
const maxUnits = 400;
const maxWords = 64;

/** What a word is made of. */
export const shape = {
	/**
	 * Letters; a number stuck to a name is dropped ("ROSSMANN3456"). A short mix is a name itself ("O2", "A1"), and so are
	 * many letters with a digit or two among them or beside them ("FIT4LESS", "CHECK24").
	 */
	word: 0,
	/** Digits only. */
	number: 1,
	/** Letters and digits mixed as in references, or a masked number ("XXXX1234"). */
	reference: 2
} as const;

/**
 * The words of the descriptor scanned last. Arrays are reused by the next scan; read them before scanning again.
 * `units` holds the folded words back to back, word `i` at `start[i]` to `end[i]`; in `text` it was at `from[i]` to `to[i]`.
 * `before[i]` is the unit just before the word, 0 at the start of the text. `hashA` and `hashB` together identify a word.
 */
export type Words = {
	text: string;
	count: number;
	readonly units: Uint16Array;
	readonly start: Uint16Array;
	readonly end: Uint16Array;
	readonly from: Uint16Array;
	readonly to: Uint16Array;
	readonly before: Uint16Array;
	readonly shape: Uint8Array;
	readonly roles: Uint32Array;
	readonly hashA: Int32Array;
	readonly hashB: Int32Array;
};

const words: Words = {
	text: '',
	count: 0,
	units: new Uint16Array(maxUnits * 2 + 4),
	start: new Uint16Array(maxWords),
	end: new Uint16Array(maxWords),
	from: new Uint16Array(maxWords),
	to: new Uint16Array(maxWords),
	before: new Uint16Array(maxWords),
	shape: new Uint8Array(maxWords),
	roles: new Uint32Array(maxWords),
	hashA: new Int32Array(maxWords),
	hashB: new Int32Array(maxWords)
};

const space = 0x20;
const apostrophe = 0x27;
const ampersand = 0x26;
const dot = 0x2e;
const hyphen = 0x2d;
const star = 0x2a;
const letterX = 0x78;

/** Whether a unit is a digit of ASCII, as all are once folded. */
export const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;

/** Splits a descriptor into words. Never throws; the result is shared and valid until the next call. */
export function scan(description: string): Words {
	if (words.count > 0 && description === words.text) return words; // the payee and the category ask one after the other
	return read(description, false);
}

/** Reads a text; the first unit beyond ASCII begins it anew in its compatibility form, unless it is that already. */
function read(text: string, composed: boolean): Words {
	const length = Math.min(text.length, maxUnits);
	const { units } = words;
	words.text = text;
	words.count = 0;
	let write = 0;
	let position = 0;
	while (position < length && words.count < maxWords) {
		const first = text.charCodeAt(position);
		if (first > 0x7f && !composed) return read(text.normalize('NFKC'), true);
		if (foldUnit(first) === 0) {
			position++;
			continue;
		}
		const from = position;
		const begin = write;
		let letters = 0;
		let digits = 0;
		let runs = 0;
		let inLetters = false;
		let masked = true;
		let a = seedA;
		let b = seedB;
		for (; position < length; position++) {
			const unit = text.charCodeAt(position);
			if (unit > 0x7f && !composed) return read(text.normalize('NFKC'), true);
			const folded = foldUnit(unit);
			if (folded === 0) {
				if (!joins(text, position, position - from)) break;
				if (unit === ampersand && digits > 0) {
					units[write++] = ampersand;
					a = mixA(a, ampersand);
					b = mixB(b, ampersand);
				}
				continue;
			}
			const first = folded & 0xffff;
			units[write++] = first;
			a = mixA(a, first);
			b = mixB(b, first);
			if (folded > 0xffff) {
				const second = folded >>> 16;
				units[write++] = second;
				a = mixA(a, second);
				b = mixB(b, second);
			}
			if (isDigit(first)) {
				digits++;
				inLetters = false;
			} else {
				letters++;
				if (first !== letterX) masked = false;
				if (!inLetters) runs++;
				inLetters = true;
			}
		}
		words.hashA[words.count] = a;
		words.hashB[words.count] = b;
		write = finish(begin, write, from, position, letters, digits, runs, masked);
	}
	return words;
}

/** Files the word just read, whose hashes stand already; returns where the next one is written. */
function finish(
	begin: number,
	end: number,
	from: number,
	to: number,
	letters: number,
	digits: number,
	runs: number,
	masked: boolean
): number {
	const index = words.count++;
	let kind: number = shape.word;
	if (letters === 0) kind = end - begin > digits ? shape.word : shape.number;
	else if (masked && letters + digits > 2) kind = shape.reference;
	else if (digits > 0 && letters + digits > 3) {
		if (runs === 1 && letters >= 3) end = dropDigits(index, begin, end, digits);
		else if (!isInside(begin, end, letters, digits, runs)) kind = shape.reference;
	}
	words.start[index] = begin;
	words.end[index] = end;
	words.from[index] = from;
	words.to[index] = to;
	words.before[index] = from === 0 ? 0 : words.text.charCodeAt(from - 1);
	words.shape[index] = kind;
	words.roles[index] = kind === shape.word ? rolesOf(words.hashA[index]!, words.hashB[index]!) : 0;
	if (index > 0) {
		if ((words.roles[index - 1]! & role.pairStart) !== 0) joinPair(index);
		if (words.before[index] === star && kind === shape.word) markPrefix(index);
	}
	return end;
}

/** "NEW YORK", "San Jose": both words are the place then. "APPLE PAY": both are the method. */
function joinPair(index: number): void {
	let a = mixA(words.hashA[index - 1]!, space);
	let b = mixB(words.hashB[index - 1]!, space);
	for (let i = words.start[index]!; i < words.end[index]!; i++) {
		a = mixA(a, words.units[i]!);
		b = mixB(b, words.units[i]!);
	}
	const meaning = pairOf(a, b);
	if (meaning === pair.place) {
		words.roles[index - 1]! |= role.city;
		words.roles[index]! |= role.city | role.placeEnd;
	} else if (meaning === pair.method) {
		words.roles[index]! |= role.method;
		words.roles[index - 1]! |= role.method | (words.roles[index]! & (role.act | role.purchase));
	} else if (meaning === pair.name) {
		words.roles[index - 1]! &= ~role.method;
	}
}

const longestPrefix = 4;
/** No word with one of these is a name that a prefix could stand before. */
const nameless =
	role.method | role.noise | role.purpose | role.courtesy | role.legal | role.city | role.region | role.small;

/** "NYX*ZEBRA LOUNGE": a few letters before a star and a name are whoever passes the payment on, known or not. */
function markPrefix(index: number): void {
	const prefix = index - 1;
	if (words.shape[prefix] !== shape.word || (words.roles[prefix]! & ~role.pairStart) !== 0) return;
	if (words.to[prefix]! - words.from[prefix]! > longestPrefix) return;
	if (words.end[index]! - words.start[index]! < 3 || (words.roles[index]! & nameless) !== 0) return;
	if (prefix === 0 || (words.roles[prefix - 1]! & role.method) !== 0) words.roles[prefix]! |= role.processor;
}

/** Digits within a name: "FIT4LESS", "CAR2GO". */
function isInside(begin: number, end: number, letters: number, digits: number, runs: number): boolean {
	if (runs !== 2 || digits > 2 || letters < digits * 3) return false;
	return !isDigit(words.units[begin]!) && !isDigit(words.units[end - 1]!);
}

/** What a word with a number stuck to it may mean without it: "12MAR", "CARD12". */
const numbered =
	role.method |
	role.noise |
	role.purpose |
	role.legal |
	role.city |
	role.region |
	role.small |
	role.processor;

/** Leaves the letters of a word, and their hashes; all of it where a digit or two are part of the name: "CHECK24". */
function dropDigits(index: number, begin: number, end: number, digits: number): number {
	const [a, b] = hashLetters(begin, end);
	if (digits <= 2 && (rolesOf(a, b) & numbered) === 0) return end;
	const { units } = words;
	let write = begin;
	for (let i = begin; i < end; i++) if (!isDigit(units[i]!)) units[write++] = units[i]!;
	words.hashA[index] = a;
	words.hashB[index] = b;
	return write;
}

/** The hashes of a word without its digits, by where it begins and ends. */
function hashLetters(begin: number, end: number): [a: number, b: number] {
	let a = seedA;
	let b = seedB;
	for (let i = begin; i < end; i++) {
		const unit = words.units[i]!;
		if (isDigit(unit)) continue;
		a = mixA(a, unit);
		b = mixB(b, unit);
	}
	return [a, b];
}

/** True where a mark belongs inside a name: "McDonald's", "H&M", "E.ON", "B.B.V.A.". `length`: of the word so far. */
function joins(text: string, position: number, length: number): boolean {
	const unit = text.charCodeAt(position);
	const next = text.charCodeAt(position + 1);
	if (!(foldUnit(next) > 0)) return false;
	if (unit === apostrophe || unit === 0x2019 || unit === 0x60 || unit === 0xb4) return true;
	if (unit === ampersand) return length <= 2 && !isLong(text, position + 1);
	const previous = text.charCodeAt(position - 1);
	if (unit === hyphen) return ties(text, position, length, isDigit(previous), isDigit(next));
	if (unit !== dot || isDigit(next)) return false;
	return !isDigit(previous) && (length === 1 || text.charCodeAt(position - 2) === dot);
}

/** "7-ELEVEN", and letters one by one: "H-E-B". */
function ties(
	text: string,
	position: number,
	length: number,
	afterDigit: boolean,
	toDigit: boolean
): boolean {
	if (toDigit) return false;
	if (afterDigit) return length === 1 && isLong(text, position + 1);
	if (foldUnit(text.charCodeAt(position + 2)) > 0) return false;
	return length === 1 || text.charCodeAt(position - 2) === hyphen;
}

/** True where three or more letters or digits stand in a row. */
function isLong(text: string, position: number): boolean {
	for (let i = position; i < position + 3; i++) if (!(foldUnit(text.charCodeAt(i)) > 0)) return false;
	return true;
}

/** The folded text of word `index` of the last scan. */
export function wordText(index: number): string {
	let text = '';
	for (let i = words.start[index]!; i < words.end[index]!; i++) text += String.fromCharCode(words.units[i]!);
	return text;
}
