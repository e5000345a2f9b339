/**
 * Folding of single UTF-16 units: lower case, no diacritics, so that "MÜNCHEN", "München" and "munchen" read the same.
 * One table look-up per unit keeps the scanner free of regular expressions and string building.
 */

/** Folds that Unicode's decomposition does not give; a second letter sits in the upper half. */
const pairs: Record<string, string> = {
	ß: 'ss',
	æ: 'ae',
	œ: 'oe',
	ø: 'o',
	ł: 'l',
	đ: 'd',
	ð: 'd',
	þ: 'th',
	ı: 'i'
};

const tableSize = 0x2000;

/** For each unit below 0x2000: 0 when it is no letter or digit, else the folded unit (a second one in the upper 16 bits). */
const table = new Uint32Array(tableSize);
for (let unit = 0; unit < tableSize; unit++) {
	const lower = String.fromCharCode(unit).toLowerCase();
	if (!/^[\p{L}\p{M}\p{Nd}]/u.test(lower)) continue;
	const plain = pairs[lower] ?? lower.normalize('NFKD').replace(/\p{M}/gu, '');
	if (plain) table[unit] = plain.charCodeAt(0) | ((plain.length > 1 ? plain.charCodeAt(1) : 0) << 16);
}

/**
 * The folded form of a UTF-16 unit: 0 for a separator, else one folded unit in the lower and an optional second in the
 * upper 16 bits. Kana, ideographs and Hangul are their own fold.
 */
export function foldUnit(unit: number): number {
	if (unit < tableSize) return table[unit]!;
	const punctuation = unit < 0x3041 || unit === 0x30fb || (unit >= 0xd7b0 && unit < 0xf900) || unit >= 0xfb50;
	return punctuation && unit !== 0x3005 ? 0 : unit;
}

/** A whole text folded, everything but letters and digits removed: "Café Müller" → "cafemuller". */
export function foldText(text: string): string {
	const composed = text.normalize('NFKC');
	let folded = '';
	for (let i = 0; i < composed.length; i++) {
		const unit = foldUnit(composed.charCodeAt(i));
		if (unit === 0) continue;
		folded += String.fromCharCode(unit & 0xffff);
		if (unit > 0xffff) folded += String.fromCharCode(unit >>> 16);
	}
	return folded;
}
