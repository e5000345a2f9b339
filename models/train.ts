/** Fits a categoriser: ml-naivebayes' multinomial naive Bayes over the features of features.ts, kept in sparse form. */

import { MultinomialNB } from 'ml-naivebayes';
import {
	circumstanceOf,
	circumstances,
	readingOfMany,
	readTexts,
	textFeatures,
	type Reading
} from './features.ts';

/** One labelled transaction; `amount` in minor units, outflow negative. */
export type Example = { description: string; amount: number; currency: string; label: string };

/**
 * A fitted model as stored. For class c and feature t the library's log-probability is `floors[c]`, the value of a
 * feature never seen with the class, plus the difference listed for the pair (c, t), if there is one.
 * `tokens[i]` is a feature's text followed by (class, index into `differences`) pairs.
 */
export type ModelData = {
	labels: string[];
	reading: Reading;
	priors: number[];
	floors: number[];
	differences: number[];
	tokens: [string, ...number[]][];
	/** Divides log-odds before they become a confidence; see evaluate.ts. */
	temperature: number;
	calibration: Calibration;
};

/**
 * What a tempered share is worth: the share of right answers at 0, 1/n, 2/n … 1, straight lines between. `familiar`: where
 * training had all words of the text together in the category predicted; `strange`: elsewhere.
 */
export type Calibration = { familiar: number[]; strange: number[] };

export type TrainOptions = {
	reading?: Reading;
	/** How often a feature counts for each time it occurs. Above 1 it weakens the library's add-one smoothing. */
	emphasis?: number;
	/** How often each label is to be expected; by default as often as in the examples. */
	priors?: ReadonlyMap<string, number>;
	/** Which features may be learnt; all by default. */
	keep?: (feature: string) => boolean;
	temperature?: number;
	calibration?: Calibration;
};

/** The library's own fitted form, dense: for checks against the sparse one. */
export type Fitted = { labels: string[]; tokens: string[]; library: MultinomialNB };

/** The features of one text, by their index, -1 for one that is not kept. */
type Row = { features: Int32Array; weights: Float64Array };

/** Shares count as they are. */
const uncalibrated: Calibration = { familiar: [0, 1], strange: [0, 1] };

/**
 * Fits the library on the examples. Each class's rows are summed first: the conditional table is the same, since it
 * only uses the sums, and memory stays at classes × features. The priors are then set from the true counts.
 */
export function fit(examples: readonly Example[], options: TrainOptions = {}): Fitted {
	const { reading = readingOfMany, emphasis = 1, priors, keep = () => true } = options;
	const labels = [...new Set(examples.map((e) => e.label))].sort();
	const labelIndex = new Map(labels.map((label, i) => [label, i]));
	const known = new Map<string, number>();
	const kept: string[] = [];
	const indexOf = (text: string): number => {
		let index = known.get(text);
		if (index === undefined) {
			index = keep(text) ? kept.push(text) - 1 : -1;
			known.set(text, index);
		}
		return index;
	};
	const texts = new Map<string, Row>();
	const rows = examples.map(({ description, amount, currency }): Row => {
		// Most descriptors come more than once; the whole text's features depend on the amount as well.
		const key = reading.repeats ? `${circumstanceOf(amount, currency)} ${description}` : description;
		let row = texts.get(key);
		if (!row) {
			const features = textFeatures(
				readTexts(description, amount, currency, reading.repeats),
				reading.pieces
			);
			row = {
				features: Int32Array.from(features, ([text]) => indexOf(text)),
				weights: Float64Array.from(features, ([, weight]) => weight)
			};
			texts.set(key, row);
		}
		return row;
	});
	const amounts = examples.map(({ amount, currency }) =>
		circumstances[circumstanceOf(amount, currency)]!.map(indexOf)
	);
	const tokens = [...kept].sort();
	const column = new Map(tokens.map((text, i) => [text, i]));
	const columns = Int32Array.from(kept, (text) => column.get(text)!);
	const sums = labels.map(() => new Float64Array(tokens.length));
	const counts = new Float64Array(labels.length);
	examples.forEach(({ label }, i) => {
		const at = labelIndex.get(label)!;
		const sum = sums[at]!;
		const { features, weights } = rows[i]!;
		counts[at]! += 1;
		for (let j = 0; j < features.length; j++) {
			if (features[j]! >= 0) sum[columns[features[j]!]!]! += weights[j]! * emphasis;
		}
		for (const feature of amounts[i]!) {
			if (feature >= 0) sum[columns[feature]!]! += emphasis;
		}
	});
	const library = new MultinomialNB();
	library.train(
		sums,
		labels.map((_, i) => i)
	);
	const shares = labels.map((label, i) => priors?.get(label) ?? counts[i]!);
	const total = shares.reduce((sum, share) => sum + share, 0);
	shares.forEach((share, i) => library.priorProbability.set(i, 0, Math.log(share / total)));
	return { labels, tokens, library };
}

/** Fits the examples and returns the model to store. Throws RangeError when there is no example. */
export function train(examples: readonly Example[], options: TrainOptions = {}): ModelData {
	if (examples.length === 0) throw new RangeError('no examples to train on');
	return toData(fit(examples, options), options);
}

/** The sparse form of a fitted library model, from its `toJSON`. */
export function toData({ labels, tokens, library }: Fitted, options: TrainOptions = {}): ModelData {
	const { priorProbability, conditionalProbability } = library.toJSON();
	const rows = labels.map((_, c) => conditionalProbability.getRow(c));
	const floors = rows.map((row) => row.reduce((a, b) => Math.min(a, b)));
	const differences: number[] = [];
	const known = new Map<number, number>();
	const entries = tokens.map((token, t): [string, ...number[]] => {
		const entry: [string, ...number[]] = [token];
		for (let c = 0; c < labels.length; c++) {
			const value = rows[c]![t]!;
			if (value === floors[c]) continue;
			const difference = round(value - floors[c]!);
			if (difference === 0) continue;
			let index = known.get(difference);
			if (index === undefined) known.set(difference, (index = differences.push(difference) - 1));
			entry.push(c, index);
		}
		return entry;
	});
	const { reading = readingOfMany, temperature = 1, calibration = uncalibrated } = options;
	return {
		labels,
		reading,
		priors: labels.map((_, c) => priorProbability.get(c, 0)),
		floors,
		differences,
		tokens: entries,
		temperature,
		calibration
	};
}

/** Twelve decimals: far finer than any decision, coarse enough to share equal values. */
const round = (value: number): number => Math.round(value * 1e12) / 1e12;
