import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { guessAgain, type Guess } from '../categorising/guess-again.ts';
import { learn } from '../categorising/learn.ts';
import { categoriesChanged, sayableByIds } from '../categorising/say.ts';
import { inTx } from '../db/client.ts';
import { guessedAlike } from './guessed-alike.ts';
import type { Undoing } from './undo.ts';

export const takenBack = z.object({
	ids: z.array(id).min(1).max(1000)
});

/** How many were taken back, and what their categories are now; also of others of their merchants, as those are guessed again. */
export type TakenBack = { changed: number; guesses: (Undoing['rows'][number] | Guess)[] };

/**
 * Takes back what a person has said of transactions' categories, as if they had not spoken: it is unlearned, and what is
 * guessed without it stands again: a rule's, a transfer's or the model's. What it made of others of the merchant is guessed again
 * too. Ids that are not the person's, or that they have not spoken of, are passed over.
 */
export const takeBack = async (
	{ db, live, models }: Pick<App, 'db' | 'live' | 'models'>,
	userId: string,
	{ ids }: z.output<typeof takenBack>
): Promise<TakenBack> => {
	const { model } = await models.active(); // reading it takes a moment, which is not for the database to wait
	return inTx(db, async (tx) => {
		const rows = (await sayableByIds(tx, userId, ids)).filter(({ source }) => source === 'user');
		await learn(tx, userId, rows, null);
		const others = await guessedAlike(tx, userId, rows);
		const guesses = [
			...(await guessAgain(tx, userId, model, rows)),
			...(await guessAgain(tx, userId, model, others, { rules: false }))
		];
		await categoriesChanged(tx, live, userId, rows.length);
		return { changed: rows.length, guesses };
	});
};
