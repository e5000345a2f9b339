import { StatementError } from './types.ts';

/** A file as text: well-formed, without a byte order mark or NUL, every line break `\n`. */
export type Decoded = { text: string; encoding: string };

/**
 * Decodes a file and says how. Unicode is recognised by its marks or by being valid; other encodings by which of them
 * turns the odd bytes into letters that belong together.
 */
export function decode(bytes: Uint8Array): Decoded {
	const encoding = detectEncoding(bytes);
	return { text: decodeAs(bytes, encoding), encoding };
}

/** @throws StatementError bad_encoding for a label that this platform does not know */
export function decodeAs(bytes: Uint8Array, encoding: string): string {
	let decoder: TextDecoder;
	try {
		decoder = new TextDecoder(encoding);
	} catch {
		throw new StatementError('bad_encoding', { encoding });
	}
	return tidyText(decoder.decode(bytes));
}

/** Drops what no cell may hold (NUL, lone surrogates) and makes every line break `\n`. */
export function tidyText(text: string): string {
	let tidy = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
	if (tidy.includes('\r')) tidy = tidy.replace(/\r\n?/gu, '\n');
	if (tidy.includes('\0')) tidy = tidy.replaceAll('\0', '');
	return tidy.isWellFormed() ? tidy : tidy.toWellFormed();
}

/** The encoding of a file, as a label that TextDecoder takes. */
export function detectEncoding(bytes: Uint8Array): string {
	if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
	const wide = wideEncoding(bytes);
	if (wide) return wide;
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		return 'utf-8';
	} catch {
		const odd = oddBytes(bytes);
		return mostlyUtf8(odd) ? 'utf-8' : bestCodePage(odd);
	}
}

/** UTF-16 by its mark, or by every second byte of the beginning being zero. */
export function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
	const length = Math.min(bytes.length, 1024) & ~1;
	if (length < 4) return null;
	const zeros = [0, 0];
	for (let i = 0; i < length; i++) if (bytes[i] === 0) zeros[i & 1]!++;
	const half = length / 2;
	if (zeros[1]! > half * 0.7 && zeros[0] === 0) return 'utf-16le';
	if (zeros[0]! > half * 0.7 && zeros[1] === 0) return 'utf-16be';
	return null;
}

/** The lines that hold bytes above ASCII, up to 64 KiB of them. */
function oddBytes(bytes: Uint8Array): Uint8Array {
	const kept: number[] = [];
	let lineStart = 0;
	let odd = false;
	for (let i = 0; i <= bytes.length && kept.length < 65_536; i++) {
		const b = bytes[i] ?? 10;
		if (b > 127) odd = true;
		if (b !== 10) continue;
		if (odd) for (let k = Math.max(lineStart, i - 4000); k < i; k++) kept.push(bytes[k]!);
		kept.push(10);
		lineStart = i + 1;
		odd = false;
	}
	return Uint8Array.from(kept);
}

/** A few bad bytes in a text that otherwise is UTF-8 (a bank cut a name in the middle of a letter). */
function mostlyUtf8(odd: Uint8Array): boolean {
	const text = new TextDecoder('utf-8').decode(odd);
	const bad = text.split('\ufffd').length - 1;
	const good = [...text].filter((c) => c > '\x7f' && c !== '\ufffd').length;
	return good > bad * 4;
}

/** Code pages in order of preference, with the letters beyond ASCII of each language that is written in them. */
const codePages: [label: string, ...languages: string[]][] = [
	[
		'windows-1252',
		'äöüß',
		'éèêëàâçîïôùûœæ',
		'áéíóúñü¿¡ªº',
		'áâãàçéêíóôõúªº',
		'àèéìòù',
		'åäöé',
		'æøåé',
		'éëïóèöü',
		'àçèéíïóòúü·',
		'áðéíóúýþæö'
	],
	['windows-1250', 'áčďéěíňóřšťúůýž', 'áäčďéíĺľňóôŕšťúýž', 'ąćęłńóśźż', 'áéíóöőúüű', 'ăâîşţ', 'čćđšž'],
	['windows-1257', 'ąčęėįšųūž', 'āčēģīķļņšūž', 'äöõüšž'],
	['windows-1254', 'çğıöşüâîûi̇'],
	['windows-1251', 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя№', 'абвгґдеєжзиіїйклмнопрстуфхцчшщьюя№'],
	['koi8-r', 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя'],
	['ibm866', 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя№'],
	['windows-1253', 'αβγδεζηθικλμνξοπρστυφχψωάέήίόύώϊϋς']
];
const otherScripts = new Set(['windows-1251', 'koi8-r', 'ibm866', 'windows-1253']);
const anywhere = new Set('€£§°«»–—‘’“”„…·•©®²³½\u00a0');

const wideCodePages: [label: string, letters: RegExp][] = [
	['shift_jis', /[\u3040-\u30ff\u4e00-\u9fff\uff00-\uff5e\u3000-\u303f]/u],
	['gb18030', /[\u4e00-\u9fff\u3000-\u303f\uff00-\uffee]/u],
	['big5', /[\u4e00-\u9fff\u3000-\u303f\uff00-\uffee]/u],
	['euc-kr', /[\uac00-\ud7af\u3000-\u303f]/u]
];

function bestCodePage(odd: Uint8Array): string {
	let best = 'windows-1252';
	let bestScore = -Infinity;
	const consider = (label: string, known: (c: string) => boolean) => {
		const score = plausibility(odd, label, known);
		if (score > bestScore + 1e-9) {
			best = label;
			bestScore = score;
		}
	};
	for (const [label, ...languages] of codePages) {
		if (otherScripts.has(label) && !standsTogether(odd, label, /[\u0370-\u04ff]/u)) continue;
		for (const letters of languages) {
			const known = new Set(letters + letters.toUpperCase());
			consider(label, (c) => known.has(c) || anywhere.has(c));
		}
	}
	for (const [label, letters] of wideCodePages)
		if (standsTogether(odd, label, letters)) consider(label, (c) => letters.test(c));
	return best;
}

/**
 * Other scripts stand in runs; a Western letter that happens to be one of theirs, or to form a pair of bytes with the one
 * behind it, stands alone in the middle of a word.
 */
function standsTogether(odd: Uint8Array, label: string, letters: RegExp): boolean {
	const runs = new TextDecoder(label).decode(odd).match(/[\x80-\u{10ffff}]+/gu) ?? [];
	let all = 0;
	let together = 0;
	for (const run of runs) {
		const count = [...run].filter((c) => letters.test(c)).length;
		all += count;
		if (count >= 2) together += count;
	}
	return all >= 4 && together >= all * 0.6;
}

/** Share of characters beyond ASCII that are expected, less twice the share that cannot stand where they stand. */
function plausibility(odd: Uint8Array, label: string, known: (c: string) => boolean): number {
	const text = new TextDecoder(label).decode(odd);
	let all = 0;
	let good = 0;
	for (const c of text) {
		if (c <= '\x7f') continue;
		all++;
		if (known(c)) good++;
		else if (c === '\ufffd' || (c >= '\x80' && c < '\xa0') || (c >= '\uff61' && c <= '\uff9f')) good -= 2;
	}
	if (all === 0) return -1;
	// An upper-case letter behind a lower-case one, or one alphabet inside a word of another, is the mark of a wrong page.
	const misplaced = text.match(/\p{Ll}(?=[\x80-\uffff])\p{Lu}/gu)?.length ?? 0;
	const mixed =
		text.match(/[a-z][\u0370-\u04ff]|[\u0370-\u04ff][a-z]|[a-z]{2}[\u3040-\u9fff\uac00-\ud7af][a-z]/giu)
			?.length ?? 0;
	return (good - 2 * misplaced - 2 * mixed) / all;
}
