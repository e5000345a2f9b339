/**
 * How good a categoriser is on rows whose category is known: right answers at both levels, per category, and what its
 * confidence is worth.
 */

import { categoryGroups, groupOf } from '#lib/categories.ts';
import type { Prediction } from './predict.ts';

/** A row with its true label: a category's key, a group's where only the upper level is known, or any label trained on. */
export type Labelled = { description: string; amount: number; currency: string; label: string };

/** How one label fared; shares are null where they would divide by nothing. */
export type CategoryFigures = {
	category: string;
	/** Share of the rows put here that belong here. */
	precision: number | null;
	/** Share of the rows belonging here that were put here. */
	recall: number | null;
	f1: number;
	/** Rows that belong here. */
	support: number;
};

/** `counts[i][j]`: rows of `labels[i]` that were called `labels[j]`. */
export type Confusion = { labels: string[]; counts: number[][] };

/** The rows whose confidence is at least `from` and below `to` (1 belongs to the last bin). */
export type CalibrationBin = {
	from: number;
	to: number;
	rows: number;
	/** Mean confidence and share of right answers; null in an empty bin. */
	confidence: number | null;
	accuracy: number | null;
};

export type AtThreshold = {
	/** Only predictions at least this sure are counted. */
	threshold: number;
	/** Share of all rows that are this sure. */
	coverage: number;
	/** Share of those that are right, at the category and at the group level; null when there are none. */
	precision: number | null;
	groupPrecision: number | null;
};

/** All figures of one categoriser on one set of rows; plain data, stored with a model version. */
export type Metrics = {
	rows: number;
	/** Share of rows labelled with a category whose category is right; null when no row has one. */
	accuracy: number | null;
	/** The same one level up, over rows whose label is one of our categories or groups. */
	groupAccuracy: number | null;
	/** Mean F1 over every label that is true or predicted somewhere; null when rows have groups only. */
	macroF1: number | null;
	/**
	 * Expected calibration error over ten bins of confidence, at the group level for rows that only have a group:
	 * the mean distance of confidence and share of right answers, weighted by rows (Guo et al. 2017).
	 */
	ece: number;
	/** Most rows first. */
	perCategory: CategoryFigures[];
	confusion: Confusion;
	calibration: CalibrationBin[];
	coverage: AtThreshold[];
};

const bins = 10;
/** Every twentieth of confidence. */
const thresholds = Array.from({ length: 20 }, (_, i) => i / 20);
const groups: readonly string[] = categoryGroups;

type Judged = {
	label: string;
	category: string;
	confidence: number;
	/** Null where the label does not say. */
	right: boolean | null;
	groupRight: boolean | null;
};

type Answer = Pick<Prediction, 'category' | 'confidence'>;

/** Judges every row. Throws RangeError when there are none. */
export function evaluate<Row extends { label: string }>(
	predict: (row: Row) => Answer,
	rows: readonly Row[]
): Metrics {
	if (rows.length === 0) throw new RangeError('no rows to evaluate on');
	const judged = rows.map((row) => judge(predict(row), row.label));
	const confusion = confusionOf(judged.filter(({ right }) => right !== null));
	const perCategory = figuresOf(confusion);
	return {
		rows: rows.length,
		accuracy: share(judged, 'right'),
		groupAccuracy: share(judged, 'groupRight'),
		macroF1: mean(perCategory.map(({ f1 }) => f1)),
		ece: calibrationError(judged),
		perCategory: perCategory.sort((one, other) => other.support - one.support),
		confusion,
		calibration: Array.from({ length: bins }, (_, bin) => calibrationBin(judged, bin)),
		coverage: thresholds.map((threshold) => atThreshold(judged, threshold))
	};
}

function judge({ category, confidence }: Answer, label: string): Judged {
	const upper = groups.includes(label) ? label : groupOf(label);
	return {
		label,
		category,
		confidence,
		right: upper === label ? null : category === label,
		groupRight: upper === undefined ? null : groupOf(category) === upper
	};
}

function share(judged: readonly Judged[], what: 'right' | 'groupRight'): number | null {
	const known = judged.filter((row) => row[what] !== null);
	return mean(known.map((row) => (row[what] ? 1 : 0)));
}

function confusionOf(judged: readonly Judged[]): Confusion {
	const labels = [...new Set(judged.flatMap(({ label, category }) => [label, category]))].sort();
	const indexes = new Map(labels.map((label, i) => [label, i]));
	const counts = labels.map(() => new Array<number>(labels.length).fill(0));
	for (const { label, category } of judged) counts[indexes.get(label)!]![indexes.get(category)!]! += 1;
	return { labels, counts };
}

function figuresOf({ labels, counts }: Confusion): CategoryFigures[] {
	return labels.map((category, i) => {
		const right = counts[i]![i]!;
		const support = counts[i]!.reduce((sum, count) => sum + count, 0);
		const predicted = counts.reduce((sum, row) => sum + row[i]!, 0);
		return {
			category,
			precision: predicted === 0 ? null : rounded(right / predicted),
			recall: support === 0 ? null : rounded(right / support),
			f1: rounded((2 * right) / (support + predicted)),
			support
		};
	});
}

const binOf = ({ confidence }: Judged): number => Math.min(bins - 1, Math.floor(confidence * bins));
const isRight = ({ right, groupRight }: Judged): number => ((right ?? groupRight) ? 1 : 0);

function calibrationBin(judged: readonly Judged[], bin: number): CalibrationBin {
	const inBin = judged.filter((row) => binOf(row) === bin);
	return {
		from: bin / bins,
		to: (bin + 1) / bins,
		rows: inBin.length,
		confidence: mean(inBin.map(({ confidence }) => confidence)),
		accuracy: mean(inBin.map(isRight))
	};
}

function calibrationError(judged: readonly Judged[]): number {
	const gaps = new Float64Array(bins);
	for (const row of judged) gaps[binOf(row)]! += row.confidence - isRight(row);
	return rounded(gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / judged.length);
}

function atThreshold(judged: readonly Judged[], threshold: number): AtThreshold {
	const sure = judged.filter(({ confidence }) => confidence >= threshold);
	return {
		threshold,
		coverage: rounded(sure.length / judged.length),
		precision: share(sure, 'right'),
		groupPrecision: share(sure, 'groupRight')
	};
}

function mean(values: readonly number[]): number | null {
	if (values.length === 0) return null;
	return rounded(values.reduce((sum, value) => sum + value, 0) / values.length);
}

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;
