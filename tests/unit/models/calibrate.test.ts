import { describe, expect, it } from 'vitest';
import { calibrationOf, type Judged } from '#models/calibrate.ts';
import { evaluate } from '#models/evaluate.ts';
import { readEntries, readHabits } from '#models/examples.ts';
import { rowOf } from '#models/held-out.ts';
import { loadBase } from '#models/load.ts';
import { isModelData } from '#models/valid.ts';

const rows = (count: number, confidence: number, right: number): Judged[] =>
	Array.from({ length: count }, (_, i) => ({ confidence, right: i < right }));

describe('what a confidence is worth', () => {
	it('is what it says while there are no rows', () => {
		const curve = calibrationOf([]);
		expect(curve).toHaveLength(21);
		expect(curve[0]).toBe(0);
		expect(curve[10]).toBe(0.5);
		expect(curve[20]).toBe(1);
	});

	it('follows how often predictions were right', () => {
		const curve = calibrationOf([...rows(1000, 0.9, 600), ...rows(1000, 0.3, 300)]);
		expect(curve[18]).toBeCloseTo(0.6, 2);
		expect(curve[6]).toBeCloseTo(0.3, 2);
	});

	it('never falls, however the rows lie', () => {
		const curve = calibrationOf([...rows(500, 0.4, 400), ...rows(500, 0.8, 100), ...rows(50, 1, 20)]);
		for (const [i, share] of curve.entries()) expect(share).toBeGreaterThanOrEqual(curve[i - 1] ?? 0);
	});

	it('holds for merchants that the base model has: as many are right as it says', () => {
		const habits = readHabits();
		const model = loadBase();
		const known = readEntries()
			.filter((_, i) => i % 10 === 0)
			.map((entry) => rowOf(entry, habits));
		const { ece } = evaluate((row) => model.predict(row.description, row.amount, row.currency), known);
		expect(ece).toBeLessThan(0.05);
	}, 30_000);

	it('must be in a model', () => {
		const model = {
			labels: ['coffee', 'rent'],
			reading: { pieces: 0.3, repeats: false },
			priors: [-1, -1],
			floors: [-2, -2],
			differences: [1],
			tokens: [['espresso', 0, 0]],
			temperature: 1,
			calibration: { familiar: [0, 1], strange: [0, 0.5, 1] }
		};
		expect(isModelData(model)).toBe(true);
		expect(isModelData({ ...model, calibration: { familiar: [0, 1], strange: [0.5] } })).toBe(false);
		expect(isModelData({ ...model, calibration: { familiar: [0, 2], strange: [0, 1] } })).toBe(false);
		expect(isModelData({ ...model, calibration: undefined })).toBe(false);
		expect(isModelData({ ...model, reading: { pieces: -1, repeats: false } })).toBe(false);
		expect(isModelData({ ...model, reading: null })).toBe(false);
	});
});
