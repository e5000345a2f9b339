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
	readonly #a: Int32Array;
	readonly #b: Int32Array;
	readonly #value: Int32Array;

	/** `entries`: how many words at most will be added. */
	constructor(entries: number) {
		let size = 16;
		while (size < entries * 3) size *= 2;
		this.#mask = size - 1;
		this.#a = new Int32Array(size);
		this.#b = new Int32Array(size);
		this.#value = new Int32Array(size).fill(-1);
	}

	/** The value of a word, -1 when it is not in the table. */
	get(a: number, b: number): number {
		let slot = (a ^ (a >>> 15)) & this.#mask;
		for (;;) {
			const value = this.#value[slot]!;
			if (value === -1 || (this.#a[slot] === a && this.#b[slot] === b)) return value;
			slot = (slot + 1) & this.#mask;
		}
	}

	/** Sets the value (0 or more) of a word. */
	set(a: number, b: number, value: number): void {
		let slot = (a ^ (a >>> 15)) & this.#mask;
		while (this.#value[slot] !== -1 && !(this.#a[slot] === a && this.#b[slot] === b)) {
			slot = (slot + 1) & this.#mask;
		}
		this.#a[slot] = a;
		this.#b[slot] = b;
		this.#value[slot] = value;
	}
}
