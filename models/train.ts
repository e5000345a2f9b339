/** Fits a categoriser: ml-naivebayes' multinomial naive Bayes over {@link featureTexts}, kept in sparse form. */

import { MultinomialNB } from 'ml-naivebayes';
import { featureTexts } from './features.ts';

/** One labelled transaction; `amount` in minor units, outflow negative. */
export type Example = { description: string; amount: number; currency: string; label: string };

/**
 * A fitted model as stored. For class c and feature t the library's log-probability is `floors[c]`, the value of a
 * feature never seen with the class, plus the difference listed for the pair (c, t), if there is one.
 * `tokens[i]` is a feature's text followed by (class, index into `differences`) pairs.
 */
export type ModelData = {
	labels: string[];
	priors: number[];
	floors: number[];
	differences: number[];
	tokens: [string, ...number[]][];
	/** Divides log-odds before they become a confidence; see evaluate.ts. */
	temperature: number;
};

export type TrainOptions = {
	/** How often a feature counts for each time it occurs. Above 1 it weakens the library's add-one smoothing. */
	emphasis?: number;
	/** How often each label is to be expected; by default as often as in the examples. */
	priors?: ReadonlyMap<string, number>;
	temperature?: number;
	/** Whether a feature may be learnt; by default every one. */
	keep?: (feature: string) => boolean;
};

/** The library's own fitted form, dense: for checks against the sparse one. */
export type Fitted = { labels: string[]; tokens: string[]; library: MultinomialNB };

/**
 * Fits the library on the examples. Each class's rows are summed first: the conditional table is the same, since it
 * only uses the sums, and memory stays at classes × features. The priors are then set from the true counts.
 */
export function fit(examples: readonly Example[], options: TrainOptions = {}): Fitted {
	const labels = [...new Set(examples.map((e) => e.label))].sort();
	const labelIndex = new Map(labels.map((label, i) => [label, i]));
	const keep = options.keep ?? (() => true);
	const rows = examples.map((e) => featureTexts(e.description, e.amount, e.currency).filter(keep));
	const tokens = [...new Set(rows.flat())].sort();
	const tokenIndex = new Map(tokens.map((token, i) => [token, i]));
	const sums = labels.map(() => new Array<number>(tokens.length).fill(0));
	const counts = new Float64Array(labels.length);
	const emphasis = options.emphasis ?? defaultEmphasis;
	examples.forEach((example, row) => {
		const label = labelIndex.get(example.label)!;
		counts[label]! += 1;
		for (const token of rows[row]!) {
			sums[label]![tokenIndex.get(token)!]! += emphasis;
		}
	});
	const library = new MultinomialNB();
	library.train(
		sums,
		labels.map((_, i) => i)
	);
	const shares = labels.map((label, i) => options.priors?.get(label) ?? counts[i]!);
	const total = shares.reduce((sum, share) => sum + share, 0);
	shares.forEach((share, i) => library.priorProbability.set(i, 0, Math.log(share / total)));
	return { labels, tokens, library };
}

/** Fits the examples and returns the model to store. Throws RangeError when there is no example. */
export function train(examples: readonly Example[], options: TrainOptions = {}): ModelData {
	if (examples.length === 0) throw new RangeError('no examples to train on');
	return toData(fit(examples, options), options.temperature ?? 1);
}

/** The sparse form of a fitted library model, from its `toJSON`. */
export function toData({ labels, tokens, library }: Fitted, temperature: number): ModelData {
	const { priorProbability, conditionalProbability } = library.toJSON();
	const floors = labels.map((_, c) => conditionalProbability.getRow(c).reduce((a, b) => Math.min(a, b)));
	const differences: number[] = [];
	const known = new Map<number, number>();
	const entries = tokens.map((token, t): [string, ...number[]] => {
		const entry: [string, ...number[]] = [token];
		for (let c = 0; c < labels.length; c++) {
			const difference = round(conditionalProbability.get(c, t) - floors[c]!);
			if (difference === 0) continue;
			if (!known.has(difference)) known.set(difference, differences.push(difference) - 1);
			entry.push(c, known.get(difference)!);
		}
		return entry;
	});
	return {
		labels,
		priors: labels.map((_, c) => priorProbability.get(c, 0)),
		floors,
		differences,
		tokens: entries,
		temperature
	};
}

const defaultEmphasis = 1;

/** Twelve decimals: far finer than any decision, coarse enough to share equal values. */
const round = (value: number): number => Math.round(value * 1e12) / 1e12;
