/** Why a category: what each word of the descriptor contributed. */

import { readTexts } from './features.ts';
import type { Model, Prediction } from './predict.ts';

/** `weight`: log-odds for the category against the runner-up; above 0 speaks for the category. */
export type Reason = { token: string; weight: number };
export type Explanation<Label extends string = string> = Prediction<Label> & { tokens: Reason[] };

/** Stands for how common the two categories are before anything is read. */
export const priorToken = 'prior';

/**
 * The prediction with its reasons, strongest first: a word speaks together with its pieces, and all words together as
 * one phrase. The weights sum to the log-odds of the category against the runner-up, before tempering.
 */
export function explain<Label extends string>(
	model: Model<Label>,
	description: string,
	amount: number,
	currency: string
): Explanation<Label> {
	const prediction = model.predict(description, amount, currency);
	const winner = model.labels.indexOf(prediction.category);
	const rival = model.labels.indexOf(prediction.runnerUp);
	const texts = readTexts(description, amount, currency, model.reading.repeats);
	const weights = new Map<string, number>();
	const say = (token: string, weight: number): void => {
		if (weight !== 0) weights.set(token, (weights.get(token) ?? 0) + weight);
	};
	const odds = (feature: string): number =>
		(model.logProbability(feature, winner) ?? 0) - (model.logProbability(feature, rival) ?? 0);
	for (const word of texts.words) say(word, model.wordScore(word, winner) - model.wordScore(word, rival));
	for (const feature of [...texts.pairs, ...texts.circumstances]) say(feature, odds(feature));
	const together = texts.words.join(' ') || description.trim();
	for (const feature of texts.whole) say(together, odds(feature));
	say(priorToken, model.logPrior(winner) - model.logPrior(rival));
	const tokens = [...weights].map(([token, weight]) => ({ token, weight }));
	tokens.sort((one, other) => Math.abs(other.weight) - Math.abs(one.weight));
	return { ...prediction, tokens };
}
