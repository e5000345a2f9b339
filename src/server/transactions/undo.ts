import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import { transferCategories } from '#lib/transfers/evidence.ts';
import type { App } from '../app.ts';
import { bookOf } from '../categories/book.ts';
import { guessAgain } from '../categorising/guess-again.ts';
import { learn } from '../categorising/learn.ts';
import { categoriesChanged, sayableByIds, setGuesses, type Sayable } from '../categorising/say.ts';
import { inTx, type Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { joinHalves } from '../transfers/mark.ts';
import { guessedAlike } from './guessed-alike.ts';
import type { TakenBack } from './take-back.ts';

/** A transaction's category as it was. */
const former = z.object({
	id,
	categoryId: z.string().max(60).nullable(),
	source: z.enum(['rule', 'user', 'model', 'transfer', 'none']),
	confidence: z.number().min(0).max(1),
	review: z.boolean()
});

export const undoing = z.object({
	/** What had been said. */
	categoryId: z.string().max(60),
	rows: z.array(former).max(1000),
	/** Transfers that it has taken apart. */
	apart: z
		.array(z.object({ outId: id, inId: id, categoryId: z.enum(transferCategories), byHand: z.boolean() }))
		.max(1000)
});

export type Undoing = z.output<typeof undoing>;

type Former = Undoing['rows'][number];

/**
 * Takes back what a person has just said of categories: everything is as it was, and exactly what was learned is unlearned. What
 * has been changed since stays, as do ids that are not the person's. What had its category from a transfer has it from that
 * again, or is guessed where the other half is taken by now.
 */
export async function undoCategories(
	{ db, live, models }: Pick<App, 'db' | 'live' | 'models'>,
	userId: string,
	{ categoryId, rows, apart }: Undoing
): Promise<TakenBack> {
	const { model } = await models.active();
	return inTx(db, async (tx) => {
		const were = new Map(rows.map((one) => [one.id, one]));
		const said = (await sayableByIds(tx, userId, [...were.keys()])).filter(
			(row) => row.source === 'user' && row.categoryId === categoryId
		);
		const book = await bookOf(tx, userId);
		/** Null: it is for the guesses. A category may have been merged away since. */
		const formerOf = ({ id }: Sayable): Former | null => {
			const was = were.get(id)!;
			const isGone = was.categoryId !== null && !book.groupOf(was.categoryId);
			return isGone || was.source === 'transfer' ? null : was;
		};
		await putBack(tx, userId, said, formerOf);
		const halves = await halvesAgain(tx, userId, said, apart);
		const guessed = [
			...said.filter((row) => !formerOf(row)),
			...halves.filter(({ id, source }) => !were.has(id) && source !== 'user' && source !== 'rule'),
			...(await guessedAlike(tx, userId, said)).filter(({ id }) => !were.has(id))
		];
		const guesses = await guessAgain(tx, userId, model, guessed, { rules: false });
		await categoriesChanged(tx, live, userId, said.length);
		return { changed: said.length, guesses: [...said.flatMap((row) => formerOf(row) ?? []), ...guesses] };
	});
}

async function putBack(
	tx: Tx,
	userId: string,
	rows: readonly Sayable[],
	formerOf: (row: Sayable) => Former | null
): Promise<void> {
	const spoken = Map.groupBy(rows, (row) => {
		const was = formerOf(row);
		return was?.source === 'user' ? was.categoryId : null;
	});
	for (const [before, some] of spoken) await learn(tx, userId, some, before);
	await setGuesses(
		tx,
		rows.flatMap((row) => formerOf(row) ?? [])
	);
}

/** Makes those transfers again one half of which is as it was now. */
async function halvesAgain(
	tx: Tx,
	userId: string,
	said: readonly Sayable[],
	apart: Undoing['apart']
): Promise<Sayable[]> {
	const ids = new Set(said.map(({ id }) => id));
	const again: Sayable[] = [];
	for (const { outId, inId, ...link } of apart.filter(({ outId, inId }) => ids.has(outId) || ids.has(inId))) {
		try {
			again.push(...((await joinHalves(tx, userId, { id: outId, otherId: inId, ...link }))?.halves ?? []));
		} catch (error) {
			if (!(error instanceof DomainError)) throw error; // one of them is gone, or belongs to something else by now
		}
	}
	return again;
}
