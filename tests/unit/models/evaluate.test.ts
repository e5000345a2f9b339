import { describe, expect, it } from 'vitest';
import { evaluate } from '#models/evaluate.ts';
import type { Prediction } from '#models/predict.ts';

type Row = { label: string } & Prediction;
const row = (label: string, category: string, confidence: number): Row => ({
	label,
	category,
	confidence,
	runnerUp: category
});

describe('the figures of a categoriser', () => {
	const rows = [
		row('groceries', 'groceries', 0.95),
		row('groceries', 'coffee', 0.55),
		row('coffee', 'coffee', 0.85),
		row('rent', 'coffee', 0.35),
		row('food_drink', 'bakery', 0.75)
	];
	const metrics = evaluate((each) => each, rows);

	it('count right answers at the level that a label says', () => {
		expect(metrics.rows).toBe(5);
		expect(metrics.accuracy).toBe(0.5);
		expect(metrics.groupAccuracy).toBe(0.8);
	});

	it('give each category its precision, recall and support, the largest first', () => {
		expect(metrics.perCategory).toEqual([
			{ category: 'groceries', precision: 1, recall: 0.5, f1: 0.6667, support: 2 },
			{ category: 'coffee', precision: 0.3333, recall: 1, f1: 0.5, support: 1 },
			{ category: 'rent', precision: null, recall: 0, f1: 0, support: 1 }
		]);
		expect(metrics.macroF1).toBe(0.3889);
	});

	it('say what was taken for what', () => {
		expect(metrics.confusion).toEqual({
			labels: ['coffee', 'groceries', 'rent'],
			counts: [
				[1, 0, 0],
				[1, 1, 0],
				[1, 0, 0]
			]
		});
	});

	it('compare confidence with right answers', () => {
		expect(metrics.calibration).toHaveLength(10);
		expect(metrics.calibration[9]).toEqual({ from: 0.9, to: 1, rows: 1, confidence: 0.95, accuracy: 1 });
		expect(metrics.calibration[0]).toEqual({ from: 0, to: 0.1, rows: 0, confidence: null, accuracy: null });
		expect(metrics.ece).toBeCloseTo((0.05 + 0.55 + 0.15 + 0.35 + 0.25) / 5, 4);
	});

	it('give coverage and precision from every confidence on', () => {
		expect(metrics.coverage[0]).toEqual({
			threshold: 0,
			coverage: 1,
			precision: 0.5,
			groupPrecision: 0.8
		});
		expect(metrics.coverage.find(({ threshold }) => threshold === 0.8)).toEqual({
			threshold: 0.8,
			coverage: 0.4,
			precision: 1,
			groupPrecision: 1
		});
	});

	it('know labels that are none of ours, which have no upper level', () => {
		const theirs = evaluate((each) => each, [row('stationery', 'stationery', 1), row('tea', 'milk', 0)]);
		expect(theirs.accuracy).toBe(0.5);
		expect(theirs.groupAccuracy).toBeNull();
		expect(theirs.ece).toBe(0);
	});

	it('are not there without rows', () => {
		expect(() => evaluate((each: Row) => each, [])).toThrow(RangeError);
	});
});
