import { byRule } from '#lib/rules/changes.ts';
import { prepare, subjectOf } from '#lib/rules/evaluate.ts';
import type { Model } from '#models/predict.ts';
import type { Tx } from '../db/client.ts';
import { activeRules } from '../rules/find.ts';
import { categoriserFor } from './categoriser.ts';

/** What is guessed of a category while its person says nothing. */
export type Guess = { categoryId: string; source: 'rule' | 'model'; confidence: number; review: boolean };

/** `amount` in minor units, outflow negative. */
type Row = {
	description: string;
	merchant: string;
	accountId: string;
	date: string;
	amount: bigint;
	currency: string;
};

/**
 * Guesses categories of a person's transactions as they would be now: their rules first (unless `rules` is false), then what they
 * have said and the model.
 */
export async function guesserFor(
	tx: Tx,
	userId: string,
	model: Model,
	{ rules = true }: { rules?: boolean } = {}
): Promise<(row: Row) => Guess> {
	const categoriser = await categoriserFor(tx, userId, model);
	const byRules = prepare(rules ? await activeRules(tx, userId) : []);
	return (row) => {
		const payment = { ...row, amount: Number(row.amount) };
		const ruled = byRules(subjectOf(payment)).categoryId;
		if (ruled) return byRule(ruled.value);
		const { category: categoryId, confidence, review } = categoriser.decide(payment);
		return { categoryId, source: 'model', confidence, review };
	};
}
