import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { categoriesChanged, sayable } from '../categorising/say.ts';
import { inTx } from '../db/client.ts';
import { notFound } from '../errors.ts';
import { findTransfers } from './find.ts';
import { linksOf } from './links.ts';
import { partTransfers } from './part.ts';

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
		const halves = await partTransfers(tx, userId, model, [link], { remember });
		await categoriesChanged(tx, live, userId, 2);
		// Taken back at once, nothing is looked for: the person may be about to say again what they had said.
		return remember ? halves : [];
	});
	if (apart.length > 0) await findTransfers({ db, live }, userId, { ids: apart });
}
