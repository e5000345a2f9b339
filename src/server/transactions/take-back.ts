import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { guessAgain, type Guess } from '../categorising/guess-again.ts';
import { learn } from '../categorising/learn.ts';
import { categoriesChanged, sayableByIds } from '../categorising/say.ts';
import { inTx } from '../db/client.ts';

export const takenBack = z.object({
	ids: z.array(id).min(1).max(1000),
	/** They had waited for a look when the person spoke, and do so again. */
	review: z.boolean().default(false)
});

/** What their categories are now. */
export type TakenBack = { changed: number; guesses: Guess[] };

/**
 * Takes back what a person has said of transactions' categories, as if they had not spoken: it is unlearned, and what is
 * guessed without it stands again: a rule's, a transfer's or the model's. What waits again is no rule's:
 * it would be decided without anybody having looked. Ids that are not the person's, or that they have not
 * spoken of, are passed over.
 */
export const takeBack = async (
	{ db, live, models }: Pick<App, 'db' | 'live' | 'models'>,
	userId: string,
	{ ids, review }: z.output<typeof takenBack>
): Promise<TakenBack> => {
	const { model } = await models.active(); // reading it takes a moment, which is not for the database to wait
	return inTx(db, async (tx) => {
		const rows = (await sayableByIds(tx, userId, ids)).filter(({ source }) => source === 'user');
		await learn(tx, userId, rows, null);
		const guesses = await guessAgain(tx, userId, model, rows, { rules: !review, review });
		await categoriesChanged(tx, live, userId, rows.length);
		return { changed: guesses.length, guesses };
	});
};
