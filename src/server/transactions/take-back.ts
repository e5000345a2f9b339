import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { categoriserFor } from '../categorising/categoriser.ts';
import { learn } from '../categorising/learn.ts';
import { categoriesChanged, sayableByIds, setGuess } from '../categorising/say.ts';
import { inTx } from '../db/client.ts';

export const takenBack = z.object({ ids: z.array(id).min(1).max(1000) });

type Guess = { id: string; categoryId: string; source: 'model'; confidence: number; review: boolean };
/** What their categories are now. */
export type TakenBack = { changed: number; guesses: Guess[] };

/**
 * Takes back what a person has said of transactions' categories, as if they had not spoken: it is unlearned, and what is
 * guessed without it stands again. Ids that are not the person's, or that they have not spoken of, are passed over.
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
		const categoriser = await categoriserFor(tx, userId, model);
		const guesses: Guess[] = [];
		for (const row of rows) {
			const {
				category: categoryId,
				confidence,
				review
			} = categoriser.decide({
				...row,
				amount: Number(row.amount)
			});
			const guess = { categoryId, source: 'model', confidence, review } as const;
			await setGuess(tx, [row.id], guess);
			guesses.push({ id: row.id, ...guess });
		}
		await categoriesChanged(tx, live, userId, rows.length);
		return { changed: guesses.length, guesses };
	});
};
