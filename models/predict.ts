/** Scores transactions with a fitted model: the library's own answer, computed from the few features that are there. */

import { HashTable, hashText } from '#lib/descriptor/hash.ts';
import { circumstances, extract } from './features.ts';
import type { ModelData } from './train.ts';

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
	readonly temperature: number;
	readonly #priors: Float64Array;
	readonly #floors: Float64Array;
	readonly #table: HashTable;
	/** Feature i's differences stand at #offsets[i] to #offsets[i + 1]. */
	readonly #offsets: Int32Array;
	readonly #classes: Uint16Array;
	readonly #differences: Float64Array;
	readonly #scores: Float64Array;
	/** What each circumstance starts from: the priors and its own features, and how many of those are known. */
	readonly #starts: readonly { scores: Float64Array; known: number }[];

	constructor(data: ModelData) {
		this.labels = data.labels as Label[];
		this.temperature = data.temperature;
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
			const known = tokens.filter((token) => this.#add(scores, ...hashText(token))).length;
			return { scores, known };
		});
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
		return {
			category: this.labels[best]!,
			confidence: this.#confidence(scores, best),
			runnerUp: this.labels[second < 0 ? best : second]!
		};
	}

	/**
	 * Joint log-probability of each label with the transaction's features, in the order of `labels`, before tempering:
	 * the library's own figures. Features that training never saw are left out, as the library cannot see them.
	 * The array is reused by the next call.
	 */
	score(description: string, amount: number, currency: string): Float64Array {
		const { count, a, b, circumstance } = extract(description, amount, currency);
		const start = this.#starts[circumstance]!;
		const scores = this.#scores;
		scores.set(start.scores);
		let { known } = start;
		for (let i = 0; i < count; i++) if (this.#add(scores, a[i]!, b[i]!)) known++;
		for (let c = 0; c < scores.length; c++) scores[c]! += known * this.#floors[c]!;
		return scores;
	}

	/** Adds a feature's differences to the scores of their labels; false for a feature that training never saw. */
	#add(scores: Float64Array, a: number, b: number): boolean {
		const feature = this.#table.get(a, b);
		if (feature < 0) return false;
		const end = this.#offsets[feature + 1]!;
		for (let j = this.#offsets[feature]!; j < end; j++) {
			scores[this.#classes[j]!]! += this.#differences[j]!;
		}
		return true;
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
	#confidence(scores: Float64Array, best: number): number {
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
}
