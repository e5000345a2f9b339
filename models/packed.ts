/** What a model knows of each feature, packed into a few arrays that scoring runs through. */

import { HashTable } from '#lib/descriptor/hash.ts';
import type { Words } from '#lib/descriptor/scan.ts';
import { eachPiece, hashFeature, isPiece, isWord } from './features.ts';
import type { ModelData } from './train.ts';

/** Instead of a list: training never saw the feature. */
export const unknown = -1;
/** Numbers of single precision in a line of a processor's cache: rows begin with one. */
const lineLength = 16;

/**
 * For class c and feature t the model has the log-probability `floors[c]`, and a difference on top where training saw both
 * together. A feature's list says how many classes that are, and then each class and the index of its difference.
 */
export class Packed {
	readonly #floors: Float64Array;
	readonly #differences: Float64Array;
	readonly #lists: Int32Array;
	/** Where the lists of pieces and of phrases begin. Small tables stay in the processor's cache. */
	readonly #pieces: HashTable;
	readonly #phrases: HashTable;
	/** Words have rows: the first is of no word and stays empty. A word's row is filled when it is first met. */
	readonly #words: HashTable;
	readonly #wordLists: Int32Array;
	/**
	 * A row says how many features it has, a word and its pieces (0 until the word is met), and then what they have above the
	 * floors in each class. Single precision is a millionth of a log, and half the memory to run through.
	 */
	readonly #rows: Float32Array;
	readonly #rowLength: number;
	/** How much a piece counts against a word's 1. */
	readonly #pieceWeight: number;

	constructor({ floors, differences, tokens, reading }: ModelData) {
		this.#floors = Float64Array.from(floors);
		this.#differences = Float64Array.from(differences);
		this.#pieceWeight = reading.pieces;
		this.#lists = new Int32Array(tokens.reduce((sum, token) => sum + token.length, 0));
		const words = tokens.filter(([text]) => isWord(text)).length;
		const pieces = tokens.filter(([text]) => isPiece(text)).length;
		this.#pieces = new HashTable(pieces);
		this.#phrases = new HashTable(tokens.length - words - pieces);
		this.#words = new HashTable(words);
		this.#wordLists = new Int32Array(words + 1);
		this.#rowLength = Math.ceil((1 + floors.length) / lineLength) * lineLength;
		this.#rows = new Float32Array((words + 1) * this.#rowLength);
		let write = 0;
		let row = 0;
		for (const [text, ...list] of tokens) {
			const [a, b] = hashFeature(text);
			if (isWord(text)) {
				this.#words.set(a, b, ++row);
				this.#wordLists[row] = write;
			} else if (isPiece(text)) this.#pieces.set(a, b, write);
			else this.#phrases.set(a, b, list.length === 2 ? -2 - (list[1]! * floors.length + list[0]!) : write);
			this.#lists[write] = list.length / 2;
			this.#lists.set(list, write + 1);
			write += 1 + list.length;
		}
	}

	/** The row of a word of the last scan; below 0 where training never saw it. */
	rowOf(words: Words, index: number): number {
		const row = this.#words.get(words.hashA[index]!, words.hashB[index]!);
		if (row > 0 && this.#rows[row * this.#rowLength] === 0) this.#fill(row, words, index);
		return row;
	}

	/** How much the features of a row weigh together. */
	rowWeight(row: number): number {
		return 1 + (this.#rows[row * this.#rowLength]! - 1) * this.#pieceWeight;
	}

	#fill(row: number, words: Words, index: number): void {
		const at = row * this.#rowLength;
		const rows = this.#rows;
		const add = (list: number, weight: number): void => {
			rows[at]! += 1;
			const end = list + 2 * this.#lists[list]!;
			for (let j = list + 1; j < end; j += 2) {
				rows[at + 1 + this.#lists[j]!]! += this.#differences[this.#lists[j + 1]!]! * weight;
			}
		};
		add(this.#wordLists[row]!, 1);
		this.eachKnownPiece(words, index, add);
	}

	/** Calls `take` with the list and the weight of each piece of a word of the last scan that training saw. */
	eachKnownPiece(words: Words, index: number, take: (list: number, weight: number) => void): void {
		const weight = this.#pieceWeight;
		if (weight === 0) return;
		eachPiece(words, index, (a, b) => {
			const list = this.#pieces.get(a, b);
			if (list >= 0) take(list, weight);
		});
	}

	/** The list of a phrase (see {@link add}), -1 where training never saw it. */
	phrase(a: number, b: number): number {
		return this.#phrases.get(a, b);
	}

	/** The list of any feature. */
	listOf(text: string): number {
		const [a, b] = hashFeature(text);
		if (isPiece(text)) return this.#pieces.get(a, b);
		if (!isWord(text)) return this.#phrases.get(a, b);
		const row = this.#words.get(a, b);
		return row < 0 ? unknown : this.#wordLists[row]!;
	}

	/** Sets the scores to those of `start`, what two rows have above the floors, and the floors of features of this weight. */
	begin(scores: Float64Array, start: Float64Array, weight: number, one: number, other: number): void {
		const floors = this.#floors;
		const rows = this.#rows;
		const count = scores.length;
		const oneAt = one * this.#rowLength + 1;
		const otherAt = other * this.#rowLength + 1;
		for (let c = 0; c < count; c++) {
			scores[c] = start[c]! + floors[c]! * weight + rows[oneAt + c]! + rows[otherAt + c]!;
		}
	}

	/** Adds what a row has above the floors. */
	addRow(scores: Float64Array, row: number): void {
		const rows = this.#rows;
		const at = row * this.#rowLength + 1;
		for (let c = 0; c < scores.length; c++) scores[c]! += rows[at + c]!;
	}

	/**
	 * Adds what a feature has above the floors. Most phrases have one class alone, and no list: the number that stands for it,
	 * below -1, is made of the class and the index of its difference.
	 */
	add(scores: Float64Array, list: number, weight: number): void {
		if (list < unknown) {
			scores[(-2 - list) % scores.length]! += this.#differences[((-2 - list) / scores.length) | 0]! * weight;
			return;
		}
		const lists = this.#lists;
		const differences = this.#differences;
		const end = list + 2 * lists[list]!;
		for (let j = list + 1; j < end; j += 2) scores[lists[j]!]! += differences[lists[j + 1]!]! * weight;
	}

	/** Whether training saw a feature with a class. */
	has(list: number, c: number): boolean {
		return list !== unknown && this.#difference(list, c) !== undefined;
	}

	/** log P(feature | class); undefined for a feature that training never saw. */
	logProbability(text: string, c: number): number | undefined {
		const list = this.listOf(text);
		return list === unknown ? undefined : this.#floors[c]! + (this.#difference(list, c) ?? 0);
	}

	#difference(list: number, c: number): number | undefined {
		const count = this.#floors.length;
		if (list < unknown) {
			return (-2 - list) % count === c ? this.#differences[((-2 - list) / count) | 0]! : undefined;
		}
		const end = list + 2 * this.#lists[list]!;
		for (let j = list + 1; j < end; j += 2) {
			if (this.#lists[j] === c) return this.#differences[this.#lists[j + 1]!]!;
		}
		return undefined;
	}
}
