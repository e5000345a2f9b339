/** Why a category: what each word of the descriptor contributed. */

import { featureTexts } from './features.ts';
import type { Model, Prediction } from './predict.ts';

/** `weight`: log-odds for the category against the runner-up; above 0 speaks for the category. */
export type Reason = { token: string; weight: number };
export type Explanation<Label extends string = string> = Prediction<Label> & { tokens: Reason[] };

/** Stands for how common the two categories are before anything is read. */
export const priorToken = 'prior';

/**
 * The prediction with its reasons, strongest first. The weights sum to the log-odds of the category against the
 * runner-up, before tempering.
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
	const weights = new Map<string, number>();
	for (const token of featureTexts(description, amount, currency)) {
		const forWinner = model.logProbability(token, winner);
		const forRival = model.logProbability(token, rival);
		if (forWinner === undefined || forRival === undefined) continue;
		weights.set(token, (weights.get(token) ?? 0) + forWinner - forRival);
	}
	const tokens = [...weights].map(([token, weight]) => ({ token, weight }));
	tokens.push({ token: priorToken, weight: model.logPrior(winner) - model.logPrior(rival) });
	tokens.sort((one, other) => Math.abs(other.weight) - Math.abs(one.weight));
	return { ...prediction, tokens };
}
