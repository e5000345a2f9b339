/** Scores transactions with a fitted model: the library's own answer, computed from the few features that are there. */

import { HashTable, hashText } from '#lib/descriptor/hash.ts';
import type { Words } from '#lib/descriptor/scan.ts';
import { circumstances, eachPiece, extract, piecesOf, type Reading } from './features.ts';
import type { Calibration, ModelData } from './train.ts';

/** `confidence`: 0 to 1, how sure the model is of `category`; `runnerUp` is the next best. */
export type Prediction<Label extends string = string> = {
	category: Label;
	confidence: number;
	runnerUp: Label;
};

/** e^-x for x in steps of 1/64, up to where a share no longer moves a confidence that is shown in percent. */
const stepsPerUnit = 64;
const negligible = 12;
const powers = Float64Array.from({ length: negligible * stepsPerUnit + 2 }, (_, i) =>
	Math.exp(-i / stepsPerUnit)
);

/** Words whose scores are remembered; one that falls on the place of another takes it. */
const remembered = 1 << 15;

/** A model ready for use. Scoring reuses buffers: one model serves one thread. */
export class Model<Label extends string = string> {
	readonly labels: readonly Label[];
	readonly reading: Reading;
	readonly temperature: number;
	readonly #calibration: Calibration;
	/** The phrase of all words of the text scored last: its feature, -1 when training never saw it. */
	#phrase = -1;
	/** Whether the prediction made last is of a merchant that training had. */
	#familiar = false;
	/** The feature of the direction of the money of the transaction scored last. */
	#direction = -1;
	readonly #priors: Float64Array;
	readonly #floors: Float64Array;
	readonly #table: HashTable;
	/** Feature i's differences stand at #offsets[i] to #offsets[i + 1]. */
	readonly #offsets: Int32Array;
	readonly #classes: Uint16Array;
	readonly #differences: Float64Array;
	readonly #scores: Float64Array;
	/** What each circumstance starts from: the priors and its own features. */
	readonly #starts: readonly Float64Array[];
	/** The feature of each circumstance's direction, -1 when training never saw it. */
	readonly #directions: readonly number[];
	/** The scores of words met before, their pieces included, and the hashes of the word that holds each place. */
	readonly #wordScores: Float64Array;
	readonly #wordHashes: Int32Array;

	constructor(data: ModelData) {
		this.labels = data.labels as Label[];
		this.reading = data.reading;
		this.temperature = data.temperature;
		this.#calibration = data.calibration;
		this.#priors = Float64Array.from(data.priors);
		this.#floors = Float64Array.from(data.floors);
		this.#scores = new Float64Array(data.labels.length);
		this.#table = new HashTable(data.tokens.length);
		this.#offsets = new Int32Array(data.tokens.length + 1);
		const size = data.tokens.reduce((sum, token) => sum + (token.length - 1) / 2, 0);
		this.#classes = new Uint16Array(size);
		this.#differences = new Float64Array(size);
		let write = 0;
		data.tokens.forEach((token, index) => {
			this.#table.set(...hashText(token[0]), index);
			for (let i = 1; i < token.length; i += 2) {
				this.#classes[write] = token[i] as number;
				this.#differences[write++] = data.differences[token[i + 1] as number]!;
			}
			this.#offsets[index + 1] = write;
		});
		this.#starts = circumstances.map((tokens) => {
			const scores = Float64Array.from(this.#priors);
			let known = 0;
			for (const token of tokens) if (this.#add(scores, 0, ...hashText(token), 1)) known++;
			this.#addFloors(scores, 0, known);
			return scores;
		});
		this.#directions = circumstances.map(([direction]) => this.#table.get(...hashText(direction!)));
		this.#wordScores = new Float64Array(remembered * data.labels.length);
		this.#wordHashes = new Int32Array(remembered * 2);
	}

	/**
	 * The category of a transaction. `amount` in minor units of `currency`, outflow negative.
	 * Never throws; a text the model knows nothing of gets a low confidence.
	 */
	predict(description: string, amount: number, currency: string): Prediction<Label> {
		const scores = this.score(description, amount, currency);
		let best = 0;
		let second = -1;
		for (let c = 1; c < scores.length; c++) {
			if (scores[c]! > scores[best]!) {
				second = best;
				best = c;
			} else if (second < 0 || scores[c]! > scores[second]!) second = c;
		}
		this.#familiar = this.#has(this.#phrase, best) && this.#has(this.#direction, best);
		return {
			category: this.labels[best]!,
			confidence: this.#calibrated(this.#share(scores, best)),
			runnerUp: this.labels[second < 0 ? best : second]!
		};
	}

	/**
	 * Joint log-probability of each label with the transaction's features, in the order of `labels`, before tempering:
	 * the library's own figures. Features that training never saw are left out, as the library cannot see them.
	 * The array is reused by the next call.
	 */
	score(description: string, amount: number, currency: string): Float64Array {
		const features = extract(description, amount, currency, this.reading.repeats);
		const { words, wordCount, word, phraseCount, phraseA, phraseB, circumstance } = features;
		const scores = this.#scores;
		const start = this.#starts[circumstance]!;
		const count = scores.length;
		const wordScores = this.#wordScores;
		for (let c = 0; c < count; c++) scores[c] = start[c]!;
		for (let i = 0; i < wordCount; i++) {
			const at = this.#wordAt(words, word[i]!);
			for (let c = 0; c < count; c++) scores[c]! += wordScores[at + c]!;
		}
		let known = 0;
		for (let i = 0; i < phraseCount; i++) {
			if (this.#add(scores, 0, phraseA[i]!, phraseB[i]!, 1)) known++;
		}
		// Pairs stand before the phrase of all words.
		this.#phrase = wordCount === 0 ? -1 : this.#table.get(phraseA[wordCount - 1]!, phraseB[wordCount - 1]!);
		this.#direction = this.#directions[circumstance]!;
		if (known > 0) this.#addFloors(scores, 0, known);
		return scores;
	}

	/** Where the scores of a word of the last scan stand; they are worked out when it was not met lately. */
	#wordAt(words: Words, index: number): number {
		const a = words.hashA[index]!;
		const b = words.hashB[index]!;
		const place = (a ^ (a >>> 15)) & (remembered - 1);
		const at = place * this.labels.length;
		const hashes = this.#wordHashes;
		if (hashes[place * 2] === a && hashes[place * 2 + 1] === b) return at;
		hashes[place * 2] = a;
		hashes[place * 2 + 1] = b;
		const { pieces } = this.reading;
		this.#wordScores.fill(0, at, at + this.labels.length);
		let known = this.#add(this.#wordScores, at, a, b, 1) ? 1 : 0;
		if (pieces > 0) {
			eachPiece(words, index, (pieceA, pieceB) => {
				if (this.#add(this.#wordScores, at, pieceA, pieceB, pieces)) known += pieces;
			});
		}
		this.#addFloors(this.#wordScores, at, known);
		return at;
	}

	/** Adds a feature's differences to the scores from `at` on; false for a feature that training never saw. */
	#add(scores: Float64Array, at: number, a: number, b: number, weight: number): boolean {
		const feature = this.#table.get(a, b);
		if (feature < 0) return false;
		const end = this.#offsets[feature + 1]!;
		for (let j = this.#offsets[feature]!; j < end; j++) {
			scores[at + this.#classes[j]!]! += this.#differences[j]! * weight;
		}
		return true;
	}

	/** Whether training saw a feature with a label. */
	#has(feature: number, label: number): boolean {
		if (feature < 0) return false;
		for (let j = this.#offsets[feature]!; j < this.#offsets[feature + 1]!; j++) {
			if (this.#classes[j] === label) return true;
		}
		return false;
	}

	/** Adds what features of this weight together have in every class, seen with it or not. */
	#addFloors(scores: Float64Array, at: number, weight: number): void {
		const floors = this.#floors;
		for (let c = 0; c < floors.length; c++) scores[at + c]! += floors[c]! * weight;
	}

	/** What a word adds to a label's score, its pieces included; 0 when training saw none of them. */
	wordScore(word: string, label: number): number {
		let score = this.logProbability(word, label) ?? 0;
		const { pieces } = this.reading;
		if (pieces === 0) return score;
		for (const piece of piecesOf(word)) score += (this.logProbability(piece, label) ?? 0) * pieces;
		return score;
	}

	/** log P(feature | label); undefined for a feature that training never saw. */
	logProbability(token: string, label: number): number | undefined {
		const feature = this.#table.get(...hashText(token));
		if (feature < 0) return undefined;
		for (let j = this.#offsets[feature]!; j < this.#offsets[feature + 1]!; j++) {
			if (this.#classes[j] === label) return this.#floors[label]! + this.#differences[j]!;
		}
		return this.#floors[label]!;
	}

	/** log P(label). */
	logPrior(label: number): number {
		return this.#priors[label]!;
	}

	/** The best label's share when all log-probabilities are divided by the temperature. */
	#share(scores: Float64Array, best: number): number {
		const top = scores[best]!;
		const scale = stepsPerUnit / this.temperature;
		let sum = 0;
		for (let c = 0; c < scores.length; c++) {
			const step = (top - scores[c]!) * scale;
			if (step < negligible * stepsPerUnit) {
				const below = step | 0;
				const low = powers[below]!;
				sum += low + (powers[below + 1]! - low) * (step - below);
			}
		}
		return 1 / sum;
	}

	/** How many of the predictions with such a share are right, as measured: see calibrate.ts. */
	#calibrated(share: number): number {
		const curve = this.#familiar ? this.#calibration.familiar : this.#calibration.strange;
		const place = share * (curve.length - 1);
		const below = Math.min(curve.length - 2, place | 0);
		const low = curve[below]!;
		return low + (curve[below + 1]! - low) * (place - below);
	}

	/**
	 * Whether the prediction made last is of a merchant that training had: all words of the text together in that category, and
	 * money going that way.
	 */
	get familiar(): boolean {
		return this.#familiar;
	}
}
