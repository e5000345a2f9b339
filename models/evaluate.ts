/** How good a categoriser is on rows whose category is known: accuracy at both levels, and what confidence is worth. */

import { groupOf, type CategoryGroup } from '#lib/categories.ts';
import type { Prediction } from './predict.ts';

/** A row with its true label: a category's key, or a group's where only the upper level is known. */
export type Labelled = { description: string; amount: number; currency: string; label: string };

export type AtThreshold = {
	/** Only predictions at least this sure are counted. */
	threshold: number;
	/** Share of all rows that are this sure. */
	coverage: number;
	/** Share of those that are right, at the category and at the group level; null when there are none. */
	precision: number | null;
	groupPrecision: number | null;
};

export type Evaluation = {
	rows: number;
	/** Share of rows labelled with a category whose category is right; null when no row has one. */
	accuracy: number | null;
	groupAccuracy: number;
	/**
	 * Expected calibration error over ten bins of confidence, at the group level for rows that only have a group:
	 * the mean distance of confidence and share of right answers, weighted by rows (Guo et al. 2017).
	 */
	ece: number;
	thresholds: AtThreshold[];
};

const thresholds = [0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];
const bins = 10;

type Judged = { confidence: number; right: boolean | null; groupRight: boolean };

/** Judges every row. Throws RangeError when there are none. */
export function evaluate(predict: (row: Labelled) => Prediction, rows: readonly Labelled[]): Evaluation {
	if (rows.length === 0) throw new RangeError('no rows to evaluate on');
	const judged = rows.map((row) => judge(predict(row), row.label));
	return {
		rows: rows.length,
		accuracy: shareRight(judged),
		groupAccuracy: shareGroupRight(judged)!,
		ece: calibrationError(judged),
		thresholds: thresholds.map((threshold) => {
			const sure = judged.filter(({ confidence }) => confidence >= threshold);
			return {
				threshold,
				coverage: rounded(sure.length / judged.length),
				precision: shareRight(sure),
				groupPrecision: shareGroupRight(sure)
			};
		})
	};
}

function judge({ category, confidence }: Prediction, label: string): Judged {
	const group: CategoryGroup | undefined = groupOf(label);
	return {
		confidence,
		right: group ? category === label : null,
		groupRight: groupOf(category) === (group ?? label)
	};
}

function shareRight(judged: readonly Judged[]): number | null {
	const known = judged.filter(({ right }) => right !== null);
	return known.length === 0 ? null : rounded(known.filter(({ right }) => right).length / known.length);
}

function shareGroupRight(judged: readonly Judged[]): number | null {
	if (judged.length === 0) return null;
	return rounded(judged.filter(({ groupRight }) => groupRight).length / judged.length);
}

function calibrationError(judged: readonly Judged[]): number {
	let error = 0;
	for (let bin = 0; bin < bins; bin++) {
		const inBin = judged.filter(
			({ confidence }) => Math.min(bins - 1, Math.floor(confidence * bins)) === bin
		);
		const sure = inBin.reduce((sum, { confidence }) => sum + confidence, 0);
		const right = inBin.filter(({ right, groupRight }) => right ?? groupRight).length;
		error += Math.abs(sure - right) / judged.length;
	}
	return rounded(error);
}

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;
