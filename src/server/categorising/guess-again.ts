import { byRule } from '#lib/rules/changes.ts';
import { prepare, subjectOf } from '#lib/rules/evaluate.ts';
import type { Decision } from '#models/categorise.ts';
import type { Model } from '#models/predict.ts';
import type { Tx } from '../db/client.ts';
import { activeRules } from '../rules/find.ts';
import { transferCategories } from '../transfers/links.ts';
import { categoriserFor } from './categoriser.ts';
import { setGuess, type Sayable } from './say.ts';

export type Guess = {
	id: string;
	categoryId: string;
	source: 'rule' | 'transfer' | 'model';
	confidence: number;
	review: boolean;
};

/** What the halves of a transfer are put into. */
export const byTransfer = (categoryId: string) =>
	({ categoryId, source: 'transfer', confidence: 1, review: false }) as const;

/**
 * Sets the categories of transactions to what is thought of them when their person has said nothing: a rule's, that of the
 * transfer they belong to, or the model's, in this order.
 */
export async function guessAgain(
	tx: Tx,
	userId: string,
	model: Model,
	rows: readonly Sayable[]
): Promise<Guess[]> {
	if (rows.length === 0) return [];
	const categoriser = await categoriserFor(tx, userId, model);
	const byRules = prepare(await activeRules(tx, userId));
	const transfers = await transferCategories(
		tx,
		rows.map(({ id }) => id)
	);
	const guesses: Guess[] = [];
	for (const row of rows) {
		const payment = { ...row, amount: Number(row.amount) };
		const ruled = byRules(subjectOf(payment)).categoryId;
		const transfer = transfers.get(row.id);
		const guess = ruled
			? byRule(ruled.value)
			: transfer
				? byTransfer(transfer)
				: guessOf(categoriser.decide(payment));
		await setGuess(tx, [row.id], guess);
		guesses.push({ id: row.id, ...guess });
	}
	return guesses;
}

const guessOf = ({ category: categoryId, confidence, review }: Decision) =>
	({ categoryId, source: 'model', confidence, review }) as const;
