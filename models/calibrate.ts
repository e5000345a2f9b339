/** What a confidence is worth: fits it to how often predictions that sure were right on merchants never seen. */

import { peopleFile } from './bare.ts';
import { examplesOf, readEntries, readHabits, type Entry } from './examples.ts';
import { rowOf } from './held-out.ts';
import { Model } from './predict.ts';
import { heldOutParts, uncalibratedRecipe } from './recipe.ts';
import { partOf } from './split.ts';
import { train, type Calibration } from './train.ts';

/** Straight lines between so many points of confidence. */
const steps = 20;
/** Rows that a point counts for from the start, as right as it says: few rows bend it little. */
const believed = 4;

/** A prediction whose truth is known: the share of its category before calibration. */
export type Judged = { confidence: number; right: boolean };

/**
 * The share of right answers at confidence 0, 1/20 … 1, never falling: each row counts for the two points it lies between,
 * and points that would fall are pooled (Zadrozny and Elkan 2002).
 */
export function calibrationOf(judged: readonly Judged[]): number[] {
	const rows = Array.from({ length: steps + 1 }, () => believed);
	const right = Array.from({ length: steps + 1 }, (_, i) => (believed * i) / steps);
	for (const row of judged) {
		const place = row.confidence * steps;
		const below = Math.min(steps - 1, Math.floor(place));
		const above = place - below;
		rows[below]! += 1 - above;
		rows[below + 1]! += above;
		if (!row.right) continue;
		right[below]! += 1 - above;
		right[below + 1]! += above;
	}
	const pools: { rows: number; right: number; points: number }[] = [];
	for (let i = 0; i <= steps; i++) {
		pools.push({ rows: rows[i]!, right: right[i]!, points: 1 });
		while (pools.length > 1 && share(pools.at(-2)!) > share(pools.at(-1)!)) {
			const last = pools.pop()!;
			const pool = pools.at(-1)!;
			pool.rows += last.rows;
			pool.right += last.right;
			pool.points += last.points;
		}
	}
	return pools.flatMap((pool) => new Array<number>(pool.points).fill(share(pool)));
}

const share = ({ rows, right }: { rows: number; right: number }): number =>
	Math.round((right / rows) * 10_000) / 10_000;

/**
 * The base model's: from a model without one part of the lexicon. Merchants of that part are strange to it; what familiar
 * ones are worth is seen on those it has, in the mangled forms of held-out.ts.
 */
export function calibrateBase(): Calibration {
	const habits = readHabits();
	const entries = readEntries();
	const isSeen = ({ text }: Entry): boolean => partOf(text, heldOutParts) !== calibrationPart;
	const examples = entries.filter(isSeen).flatMap((entry) => examplesOf(entry, habits.get(entry.category)!));
	const model = new Model(train(examples, uncalibratedRecipe()));
	const familiar: Judged[] = [];
	const strange: Judged[] = [];
	for (const entry of entries) {
		// Names of people are alike, and no merchants: they would make it think too much of itself with those.
		if (entry.file === peopleFile) continue;
		const { description, amount, currency, label } = rowOf(entry, habits);
		const { category, confidence } = model.predict(description, amount, currency);
		const judged = { confidence, right: category === label };
		if (model.familiar) familiar.push(judged);
		else if (!isSeen(entry)) strange.push(judged);
	}
	return { familiar: calibrationOf(familiar), strange: calibrationOf(strange) };
}

/** Not the part that models are measured on. */
const calibrationPart = 1;
