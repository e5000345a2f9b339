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

/**
 * The library's own fitted form, dense: for checks against the sparse one. Features that occur alike share a column: token i has
 * `columns[i]`. One more column at the end may be of no token, see {@link fit}.
 */
export type Fitted = { labels: string[]; tokens: string[]; columns: Int32Array; library: MultinomialNB };

/** The features of one text that are kept, by their index. */
type Row = { features: Int32Array; weights: Float64Array };

/** Shares count as they are. */
const uncalibrated: Calibration = { familiar: [0, 1], strange: [0, 1] };

/**
 * Fits the library on the examples: on the sum of each class's rows, as the conditional table only uses the sums, with one
 * column for all features that have the same sums in every class. Most features do, since they occur once or twice, and the
 * library copies its table many times over. What the other features would add to the divisor (their sums, and 1 for each) is
 * put into one more column, so that all log-probabilities are those of the whole table. The priors are set from the true counts.
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
	const rowOf = (weighted: readonly (readonly [text: string, weight: number])[]): Row => {
		const all = weighted.map(([text, weight]) => [indexOf(text), weight * emphasis] as const);
		const rest = all.filter(([index]) => index >= 0);
		return {
			features: Int32Array.from(rest, ([index]) => index),
			weights: Float64Array.from(rest, ([, weight]) => weight)
		};
	};
	const rows: Row[] = [];
	const circumstanceRows: number[] = [];
	const textRows = new Map<string, number>();
	/** How often each row comes with each label, by `row * labels.length + label`. */
	const times = new Map<number, number>();
	const counts = new Float64Array(labels.length);
	for (const { description, amount, currency, label } of examples) {
		const circumstance = circumstanceOf(amount, currency);
		// Most descriptors come more than once; the whole text's features depend on the amount as well.
		const key = reading.repeats ? `${circumstance} ${description}` : description;
		let row = textRows.get(key);
		if (row === undefined) {
			const read = readTexts(description, amount, currency, reading.repeats);
			row = rows.push(rowOf(textFeatures(read, reading.pieces))) - 1;
			textRows.set(key, row);
		}
		const about = (circumstanceRows[circumstance] ??=
			rows.push(rowOf(circumstances[circumstance]!.map((text) => [text, 1]))) - 1);
		const at = labelIndex.get(label)!;
		counts[at]! += 1;
		for (const one of [about, row]) {
			const pair = one * labels.length + at;
			times.set(pair, (times.get(pair) ?? 0) + 1);
		}
	}
	const tokens = [...kept].sort();
	const sums = sumsOf(rows, times, labels.length, kept.length);
	const indexes = Int32Array.from(tokens, (text) => known.get(text)!);
	const { table, columns } = shared(sums, indexes, labels.length);
	const library = new MultinomialNB();
	library.train(
		table,
		labels.map((_, i) => i)
	);
	const shares = labels.map((label, i) => priors?.get(label) ?? counts[i]!);
	const total = shares.reduce((sum, share) => sum + share, 0);
	shares.forEach((share, i) => library.priorProbability.set(i, 0, Math.log(share / total)));
	return { labels, tokens, columns, library };
}

/** What rows add up to, feature by feature: those of feature i stand at `offsets[i]` to `offsets[i + 1]`, a class maybe several times. */
type Sums = { offsets: Int32Array; classes: Int32Array; values: Float64Array };

function sumsOf(
	rows: readonly Row[],
	times: ReadonlyMap<number, number>,
	classCount: number,
	featureCount: number
): Sums {
	const offsets = new Int32Array(featureCount + 1);
	for (const pair of times.keys()) {
		for (const feature of rows[Math.floor(pair / classCount)]!.features) offsets[feature + 1]! += 1;
	}
	for (let i = 0; i < featureCount; i++) offsets[i + 1]! += offsets[i]!;
	const next = offsets.slice();
	const classes = new Int32Array(offsets[featureCount]!);
	const values = new Float64Array(offsets[featureCount]!);
	for (const [pair, count] of times) {
		const { features, weights } = rows[Math.floor(pair / classCount)]!;
		for (let j = 0; j < features.length; j++) {
			const place = next[features[j]!]!++;
			classes[place] = pair % classCount;
			values[place] = weights[j]! * count;
		}
	}
	return { offsets, classes, values };
}

/** The table for the library, a row for each class, and the column of each of `indexes`. */
function shared(
	{ offsets, classes, values }: Sums,
	indexes: Int32Array,
	classCount: number
): { table: Float64Array[]; columns: Int32Array } {
	const columnOf = new Map<string, number>();
	const distinct: Float64Array[] = [];
	const rest = new Float64Array(classCount);
	const columns = indexes.map((feature) => {
		const column = new Float64Array(classCount);
		const [from, to] = [offsets[feature]!, offsets[feature + 1]!];
		for (let i = from; i < to; i++) column[classes[i]!]! += values[i]!;
		const seen = [...new Set(classes.subarray(from, to))].sort((one, other) => one - other);
		const key = seen.map((c) => `${c} ${column[c]!}`).join();
		const known = columnOf.get(key);
		if (known === undefined) {
			columnOf.set(key, distinct.length);
			return distinct.push(column) - 1;
		}
		for (const c of seen) rest[c]! += column[c]!;
		return known;
	});
	const left = indexes.length - distinct.length;
	const table = Array.from(rest, (sum, c) =>
		Float64Array.from([...distinct.map((column) => column[c]!), ...(left > 0 ? [sum + left - 1] : [])])
	);
	return { table, columns };
}

/** Fits the examples and returns the model to store. Throws RangeError when there is no example. */
export function train(examples: readonly Example[], options: TrainOptions = {}): ModelData {
	if (examples.length === 0) throw new RangeError('no examples to train on');
	return toData(fit(examples, options), options);
}

/** The sparse form of a fitted library model, from its `toJSON`. */
export function toData({ labels, tokens, columns, library }: Fitted, options: TrainOptions = {}): ModelData {
	const { priorProbability, conditionalProbability } = library.toJSON();
	const used = columns.reduce((a, b) => Math.max(a, b), -1) + 1;
	const rows = labels.map((_, c) => conditionalProbability.getRow(c).slice(0, used));
	const floors = rows.map((row) => row.reduce((a, b) => Math.min(a, b)));
	const differences: number[] = [];
	const known = new Map<number, number>();
	const lists: number[][] = [];
	const listOf = (column: number): number[] => {
		const list: number[] = [];
		for (let c = 0; c < labels.length; c++) {
			const difference = round(rows[c]![column]! - floors[c]!);
			if (difference === 0) continue;
			let index = known.get(difference);
			if (index === undefined) known.set(difference, (index = differences.push(difference) - 1));
			list.push(c, index);
		}
		return list;
	};
	const entries = tokens.map((token, t): [string, ...number[]] => {
		const column = columns[t]!;
		return [token, ...(lists[column] ??= listOf(column))];
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
