/**
 * Two rolling 32-bit hashes over folded UTF-16 units (FNV-1a and a Murmur-style mix; both public domain). Together they
 * name a word in 64 bits, so lookups in the scanner and the model need no string.
 */

export const seedA = 0x811c9dc5 | 0;
export const seedB = 0x9747b28c | 0;

export const mixA = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x01000193);

export const mixB = (hash: number, unit: number): number => {
	const mixed = Math.imul(hash + unit, 0x5bd1e995);
	return mixed ^ (mixed >>> 15);
};

/** Both hashes of a folded text. */
export function hashText(folded: string): [a: number, b: number] {
	let a = seedA;
	let b = seedB;
	for (let i = 0; i < folded.length; i++) {
		const unit = folded.charCodeAt(i);
		a = mixA(a, unit);
		b = mixB(b, unit);
	}
	return [a, b];
}

/** Maps hashed words to small whole numbers; open addressing, read-mostly. */
export class HashTable {
	readonly #mask: number;
	/** Four numbers a slot (both hashes, the value plus one, nothing), so that a look-up touches one place in memory. */
	readonly #slots: Int32Array;

	/** `entries`: how many words at most will be added. */
	constructor(entries: number) {
		let size = 16;
		while (size < entries * 2) size *= 2;
		this.#mask = size - 1;
		this.#slots = new Int32Array(size * 4);
	}

	/** The value of a word, -1 when it is not in the table. */
	get(a: number, b: number): number {
		return this.#slots[this.#slotOf(a, b) + 2]! - 1;
	}

	/** Sets the value of a word: any number of 32 bits but -1. */
	set(a: number, b: number, value: number): void {
		const slot = this.#slotOf(a, b);
		this.#slots[slot] = a;
		this.#slots[slot + 1] = b;
		this.#slots[slot + 2] = value + 1;
	}

	/** Where a word stands, or the free slot where it would. */
	#slotOf(a: number, b: number): number {
		const slots = this.#slots;
		let slot = (a ^ (a >>> 15)) & this.#mask;
		for (;;) {
			const at = slot * 4;
			if (slots[at + 2] === 0 || (slots[at] === a && slots[at + 1] === b)) return at;
			slot = (slot + 1) & this.#mask;
		}
	}
}
