import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { guessAgain } from '../categorising/guess-again.ts';
import { categoriesChanged, sayable } from '../categorising/say.ts';
import { inTx } from '../db/client.ts';
import { notFound } from '../errors.ts';
import { findTransfers } from './find.ts';
import { linksOf } from './links.ts';

export const denial = z.object({
	id,
	/** False: it is only not marked any more, and may be found. */
	remember: z.boolean().default(true)
});

/**
 * Takes the two halves of a transfer apart, because their person says that it is none, and remembers it unless told not to. Both
 * become what they would have been without, or halves of others. Of one that is half of nothing it changes nothing. Error:
 * NOT_FOUND.
 */
export async function denyTransfer(
	{ db, live, models }: Pick<App, 'db' | 'live' | 'models'>,
	userId: string,
	{ id, remember }: z.output<typeof denial>
): Promise<void> {
	const { model } = await models.active();
	const apart = await inTx(db, async (tx) => {
		if ((await sayable(tx, userId, { id })).length === 0) throw notFound();
		const [link] = await linksOf(tx, [id]);
		if (!link) return [];
		const { outId, inId } = link;
		await tx.transfer.delete({ where: { outId } });
		if (remember) await tx.noTransfer.create({ data: { outId, inId } });
		const halves = await sayable(tx, userId, { id: { in: [outId, inId] }, source: 'transfer' });
		await guessAgain(tx, userId, model, halves);
		await categoriesChanged(tx, live, userId, 2);
		// Taken back at once, nothing is looked for: the person may be about to say again what they had said.
		return remember ? [outId, inId] : [];
	});
	if (apart.length > 0) await findTransfers({ db, live }, userId, { ids: apart });
}
