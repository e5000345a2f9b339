import type { Model } from '#models/predict.ts';
import type { Tx } from '../db/client.ts';
import { transferCategories } from '../transfers/links.ts';
import { guesserFor, type Guess as Guessed } from './guess.ts';
import { setGuesses, type Sayable } from './say.ts';

export type Guess = Omit<Guessed, 'source'> & { id: string; source: Guessed['source'] | 'transfer' };

/** What the halves of a transfer are put into. */
export const byTransfer = (categoryId: string) =>
	({ categoryId, source: 'transfer', confidence: 1, review: false }) as const;

/**
 * Sets the categories of transactions to what is thought of them when their person has said nothing: a rule's, that of the
 * transfer they belong to, or the model's, in this order. Without `rules` what these say is left out: they may be younger than what is
 * taken back, or be it.
 */
export async function guessAgain(
	tx: Tx,
	userId: string,
	model: Model,
	rows: readonly Sayable[],
	{ rules = true }: { rules?: boolean } = {}
): Promise<Guess[]> {
	if (rows.length === 0) return [];
	const guessOf = await guesserFor(tx, userId, model, { rules });
	const transfers = await transferCategories(
		tx,
		rows.map(({ id }) => id)
	);
	const guesses: Guess[] = [];
	for (const row of rows) {
		const guessed = guessOf(row);
		const transfer = transfers.get(row.id);
		const guess = transfer && guessed.source !== 'rule' ? byTransfer(transfer) : guessed;
		guesses.push({ id: row.id, ...guess });
	}
	await setGuesses(tx, guesses);
	return guesses;
}
