/**
 * The payee people read, from a bank's descriptor: "REWE SAGT DANKE 41400673//Hamburg/DE" → "REWE",
 * "SQ *BLUE BOTTLE COFFEE OAKLAND CA" → "Blue Bottle Coffee". Pure and safe in the browser.
 */

import { foldText } from './descriptor/fold.ts';
import { isDigit, scan, shape, wordText, type Words } from './descriptor/scan.ts';
import { role } from './descriptor/words.ts';

const star = 0x2a;
const slash = 0x2f;
const colon = 0x3a;
const hyphen = 0x2d;
const dot = 0x2e;
const space = 0x20;
const letterX = 0x78;

/** Roles that may stand before a name without being part of it. */
const lead = role.method | role.noise | role.purpose | role.courtesy | role.processor | role.small;
/** Roles that end a name which has begun. */
const stop = role.method | role.noise | role.purpose | role.courtesy;
/** Roles cut from the end of a name. */
const tail = role.legal | role.region | role.city | role.small;

const longestName = 6;
const kept = new Uint8Array(longestName);

/** The cleaned-up payee of a descriptor; the trimmed descriptor itself when nothing in it looks like a name. */
export function merchantOf(description: string): string {
	const words = scan(description);
	const first = firstOf(words);
	let count = collect(words, first);
	if (count === 0) count = collectReference(words, first);
	if (count === 0) count = collectAny(words);
	count = cutTail(words, count);
	if (count === 0) return words.text.trim().replace(/\s+/g, ' ');
	let name = '';
	for (let i = 0; i < count; i++) {
		const index = kept[i]!;
		if (i > 0) name += glue(words, index, kept[i - 1]!);
		name += display(words, index, i, count);
	}
	return name;
}

/**
 * A stable key of a merchant's name, for grouping: compatibility forms and case unified, diacritics, digits, spaces and
 * punctuation dropped. A name of digits only keeps them, so that different numbers stay apart.
 */
export function merchantKey(merchant: string): string {
	const folded = foldText(merchant);
	const letters = folded.replace(/\d+/g, '');
	return letters === '' ? folded : letters;
}

/** Where to look for the name: after a label ("/NAME/…", "Naam: …") or a processor's star ("SQ *…"), else at the start. */
function firstOf(words: Words): number {
	for (let i = 1; i < words.count; i++) {
		const before = words.before[i]!;
		if (before === star && (words.roles[i - 1]! & role.processor) !== 0) return i;
		if ((words.roles[i - 1]! & role.label) !== 0 && follows(words, i, colon, slash)) return i;
	}
	return 0;
}

/** True where one of two marks stands right after the word before `index`. */
function follows(words: Words, index: number, one: number, other: number): boolean {
	const unit = words.text.charCodeAt(words.to[index - 1]!);
	return unit === one || unit === other;
}

/**
 * Keeps the words of the name; how many. One of places only, or a filler, makes way for what is found behind it: "PAIEMENT PAR
 * CARTE CARREFOUR" is about Carrefour.
 */
function collect(words: Words, first: number): number {
	const count = nameFrom(words, first);
	if (count === 0) return 0;
	const ended = end;
	const isCut = onlyCut(words, count);
	if (!isCut && !isFiller(words, count, ended)) return count;
	const later = collect(words, ended);
	if (later > 0 && (isCut ? isLong(words, later) : follow(words, ended, kept[0]!))) return later;
	return isCut ? 0 : nameFrom(words, first);
}

function isLong(words: Words, count: number): boolean {
	return count > 1 || words.end[kept[0]!]! - words.start[kept[0]!]! > 2;
}

/** Whether a name is one word more in a bank's wording for the payment: it stands within it, or before a noun of it. */
function isFiller(words: Words, count: number, ended: number): boolean {
	if (count > 1 || ended === words.count || (words.roles[ended]! & role.act) === 0) return false;
	if (ended !== kept[0]! + 1) return false;
	if (kept[0]! > 0 && (words.roles[kept[0]! - 1]! & role.method) !== 0) return true;
	return (words.roles[ended]! & role.purchase) !== 0 || pointsOn(words, ended);
}

/** "… PAYMENT TO": whoever it is comes next. */
function pointsOn(words: Words, ended: number): boolean {
	let at = ended;
	while (at < words.count && (words.roles[at]! & role.method) !== 0) at++;
	return at < words.count && directions.has(wordText(at));
}

const directions = new Set('to from an von vers a para til till fra aan naar do'.split(' '));

/** Whether nothing but ways of paying, small words and numbers stand between two places: no "reference" or "invoice". */
function follow(words: Words, from: number, to: number): boolean {
	for (let i = from; i < to; i++) {
		if (words.shape[i] === shape.word && (words.roles[i]! & (role.method | role.small)) === 0) return false;
	}
	return true;
}

/** Where the name that was read last ended: at the word after it, or at the count of words. */
let end = 0;

function nameFrom(words: Words, first: number): number {
	let count = 0;
	let i = first;
	for (; i < words.count && count < longestName; i++) {
		const roles = words.roles[i]!;
		if (count > 0 && endsBefore(words, i, kept[count - 1]!)) {
			if (count === 1 && (words.roles[kept[0]!]! & role.umbrella) !== 0 && words.before[i] === star) {
				if (words.shape[i] === shape.word && !sameWord(words, i, kept[0]!)) kept[count++] = i;
			}
			break;
		}
		if (count > 0 && (roles & role.domain) !== 0 && words.before[i] === dot) break;
		if (words.shape[i] !== shape.word) {
			if (count > 0 && words.to[i]! - words.from[i]! > 2) break;
			if (startsName(words, i)) kept[count++] = i;
			continue;
		}
		if (count === 0 ? leads(words, i) : (roles & stop) !== 0) {
			if (count > 0) break;
			continue;
		}
		kept[count++] = i;
	}
	end = i;
	return count;
}

/** A name of letters and digits without a pattern, in front or behind a star: better than who passed the payment on. */
function collectReference(words: Words, first: number): number {
	if (first >= words.count || words.shape[first] !== shape.reference) return 0;
	let letters = 0;
	for (let i = words.start[first]!; i < words.end[first]!; i++) {
		const unit = words.units[i]!;
		if (!isDigit(unit) && unit !== letterX) letters++;
	}
	if (letters < 2) return 0;
	kept[0] = first;
	return 1;
}

/** "7-Eleven", "1-800-Flowers": a short number tied to the word after it. */
function startsName(words: Words, index: number): boolean {
	return (
		words.shape[index] === shape.number &&
		words.to[index]! - words.from[index]! <= 2 &&
		words.text.charCodeAt(words.to[index]!) === hyphen &&
		index + 1 < words.count &&
		words.shape[index + 1] === shape.word &&
		words.to[index + 1]! - words.from[index + 1]! > 3
	);
}

/** Whether a word stands before a name without being part of it: also a processor's own legal form. */
function leads(words: Words, index: number): boolean {
	const roles = words.roles[index]!;
	if ((roles & lead) !== 0) return !standsAlone(words, index);
	if ((roles & role.legal) === 0 || index === 0 || words.before[index] === star) return false;
	const before = words.roles[index - 1]!;
	if ((before & (role.processor | role.legal)) !== 0) return true;
	return (before & role.method) !== 0 && index > 1 && (words.roles[index - 2]! & role.processor) !== 0;
}

/** A processor with nothing after it is the payee itself: "PAYPAL", "Klarna". */
function standsAlone(words: Words, index: number): boolean {
	if ((words.roles[index]! & role.processor) === 0) return false;
	if (words.to[index]! - words.from[index]! < 4) return false;
	for (let i = index + 1; i < words.count; i++) {
		if (words.shape[i] === shape.word && (words.roles[i]! & (lead | tail | role.domain)) === 0) return false;
	}
	return true;
}

function onlyCut(words: Words, count: number): boolean {
	for (let i = 0; i < count; i++) if ((words.roles[kept[i]!]! & (tail | role.domain)) === 0) return false;
	return true;
}

/** True where the text between two words closes a field: a wide gap, a comma, a slash, a bracket, a star. */
function endsBefore(words: Words, index: number, previous: number): boolean {
	const from = words.to[previous]!;
	const to = words.from[index]!;
	let spaces = 0;
	for (let i = from; i < to; i++) {
		const unit = words.text.charCodeAt(i);
		if (unit === space) {
			if (++spaces >= 3) return true;
		} else if (
			unit !== hyphen &&
			unit !== dot &&
			unit !== 0x26 &&
			unit !== 0x5f &&
			unit !== 0x2b &&
			unit !== 0x21
		) {
			if (index === previous + 1) return true;
		}
	}
	return false;
}

function sameWord(words: Words, one: number, other: number): boolean {
	return words.hashA[one] === words.hashA[other] && words.hashB[one] === words.hashB[other];
}

/** When no name was found, the words of the payment itself: "ATM Withdrawal", "Lastschrift". */
function collectAny(words: Words): number {
	let count = 0;
	for (let i = 0; i < words.count && count < 4; i++) {
		if (words.shape[i] === shape.word && (words.roles[i]! & (role.noise | role.small)) === 0)
			kept[count++] = i;
	}
	return count;
}

/** Cuts legal forms and places from the end, as long as a name is left. */
function cutTail(words: Words, count: number): number {
	while (count > 1) {
		const index = kept[count - 1]!;
		const roles = words.roles[index]!;
		if ((roles & tail) === 0) break;
		if ((roles & role.placeEnd) !== 0) {
			if (count === 2) break; // "New York" itself
			count -= 2;
			continue;
		}
		const named =
			(roles & role.city) !== 0 && (words.roles[kept[count - 2]!]! & (role.local | role.small)) !== 0;
		if (named) break;
		count--;
	}
	return count;
}

/** What stands between two words of a name: a hyphen or dot that ties them, else a space. */
function glue(words: Words, index: number, previous: number): string {
	const from = words.to[previous]!;
	if (words.from[index]! - from !== 1) return ' ';
	const unit = words.text.charCodeAt(from);
	return unit === hyphen ? '-' : unit === dot ? '.' : ' ';
}

/** A word as people write it: capitals are softened, except in short names; mixed case is the merchant's own. */
function display(words: Words, index: number, position: number, count: number): string {
	let from = words.from[index]!;
	let to = words.to[index]!;
	const isNumbered =
		isDigit(words.units[words.start[index]!]!) || isDigit(words.units[words.end[index]! - 1]!);
	if (words.shape[index] === shape.word && to - from > 3 && !isNumbered) {
		while (isDigit(words.text.charCodeAt(to - 1)) && to - from > 3) to--;
		while (isDigit(words.text.charCodeAt(from)) && to - from > 3) from++;
	}
	const text = words.text.slice(from, to);
	const upper = text.toUpperCase();
	const lower = text.toLowerCase();
	const isSmall = position > 0 && (words.roles[index]! & role.small) !== 0;
	if (text === lower) return isSmall ? text : upper.charAt(0) + text.slice(1);
	if (text !== upper) return text;
	if (isSmall) return lower;
	const isPlace = (words.roles[index]! & role.placeStart) !== 0; // "NEW YORK" is no abbreviation
	if ((text.length <= 3 && !isPlace) || (count === 1 && text.length <= 4)) return text;
	if (text.charAt(1) === '.' || text.includes('&') || words.shape[index] === shape.reference) return text;
	if (text.charAt(1) === '-') return isDigit(text.charCodeAt(0)) ? text.slice(0, 3) + lower.slice(3) : text;
	return text.charAt(0) + lower.slice(1);
}
