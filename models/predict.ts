/** Scores transactions with a fitted model: the library's own answer, computed from the few features that are there. */

import { circumstances, extract, mostFeatures, mostPieces, piecesOf, type Reading } from './features.ts';
import { Packed, unknown } from './packed.ts';
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

/** A model ready for use. Scoring reuses buffers: one model serves one thread. */
export class Model<Label extends string = string> {
	readonly labels: readonly Label[];
	readonly reading: Reading;
	readonly temperature: number;
	readonly #calibration: Calibration;
	readonly #priors: Float64Array;
	readonly #packed: Packed;
	readonly #scores: Float64Array;
	/** What each circumstance starts from: the priors and its own features. */
	readonly #starts: readonly Float64Array[];
	/** For each circumstance: 1 for each label that training saw with money going that way. */
	readonly #sawDirection: readonly Uint8Array[];
	/** What the transaction at hand has: rows of words, lists of other features with their weights, and all weights together. */
	readonly #rows = new Int32Array(mostFeatures);
	readonly #lists = new Int32Array(mostPieces + mostFeatures);
	readonly #listWeights = new Float64Array(mostPieces + mostFeatures);
	#listCount = 0;
	#weight = 0;
	readonly #take = (list: number, weight: number): void => {
		this.#lists[this.#listCount] = list;
		this.#listWeights[this.#listCount++] = weight;
		this.#weight += weight;
	};
	/** The list of all words together of the transaction scored last, and its circumstance. */
	#whole = unknown;
	#circumstance = 0;
	/** Whether the prediction made last is of a merchant that training had. */
	#familiar = false;

	constructor(data: ModelData) {
		this.labels = data.labels as Label[];
		this.reading = data.reading;
		this.temperature = data.temperature;
		this.#calibration = data.calibration;
		this.#priors = Float64Array.from(data.priors);
		this.#packed = new Packed(data);
		this.#scores = new Float64Array(data.labels.length);
		this.#starts = circumstances.map((texts) => {
			const scores = new Float64Array(data.labels.length);
			const lists = texts.map((text) => this.#packed.listOf(text)).filter((list) => list !== unknown);
			this.#packed.begin(scores, this.#priors, lists.length, 0, 0);
			for (const list of lists) this.#packed.add(scores, list, 1);
			return scores;
		});
		this.#sawDirection = circumstances.map(([direction]) => {
			const list = this.#packed.listOf(direction!);
			return Uint8Array.from(data.labels, (_, c) => Number(this.#packed.has(list, c)));
		});
	}

	/**
	 * The category of a transaction. `amount` in minor units of `currency`, outflow negative.
	 * Never throws; a text the model knows nothing of gets a low confidence.
	 */
	predict(description: string, amount: number, currency: string): Prediction<Label> {
		const scores = this.score(description, amount, currency);
		let best = 0;
		let second = 0;
		let top = scores[0]!;
		let next = -Infinity;
		for (let c = 1; c < scores.length; c++) {
			const score = scores[c]!;
			if (score <= next) continue;
			if (score > top) {
				second = best;
				next = top;
				best = c;
				top = score;
			} else {
				second = c;
				next = score;
			}
		}
		const isPayee = this.#packed.has(this.#whole, best);
		this.#familiar = isPayee && this.#sawDirection[this.#circumstance]![best] === 1;
		return {
			category: this.labels[best]!,
			confidence: this.#calibrated(this.#share(scores, top)),
			runnerUp: this.labels[second]!
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
		const packed = this.#packed;
		const scores = this.#scores;
		const rows = this.#rows;
		let rowCount = 0;
		this.#listCount = 0;
		this.#weight = 0;
		for (let i = 0; i < wordCount; i++) {
			const row = packed.rowOf(words, word[i]!);
			if (row > 0) {
				rows[rowCount++] = row;
				this.#weight += packed.rowWeight(row);
			} else packed.eachKnownPiece(words, word[i]!, this.#take);
		}
		this.#whole = unknown;
		for (let i = 0; i < phraseCount; i++) {
			const list = packed.phrase(phraseA[i]!, phraseB[i]!);
			if (list === unknown) continue;
			this.#take(list, 1);
			// Pairs stand before the phrase of all words.
			if (i === wordCount - 1) this.#whole = list;
		}
		this.#circumstance = circumstance;
		const [one, other] = [rowCount > 0 ? rows[0]! : 0, rowCount > 1 ? rows[1]! : 0];
		packed.begin(scores, this.#starts[circumstance]!, this.#weight, one, other);
		for (let i = 2; i < rowCount; i++) packed.addRow(scores, rows[i]!);
		for (let i = 0; i < this.#listCount; i++) packed.add(scores, this.#lists[i]!, this.#listWeights[i]!);
		return scores;
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
		return this.#packed.logProbability(token, label);
	}

	/** log P(label). */
	logPrior(label: number): number {
		return this.#priors[label]!;
	}

	/** The best label's share when all log-probabilities are divided by the temperature. */
	#share(scores: Float64Array, top: number): number {
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
