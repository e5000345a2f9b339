import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { requireCategory } from '../categories/book.ts';
import { say, sayable } from '../categorising/say.ts';
import { inTx } from '../db/client.ts';
import { notFound } from '../errors.ts';
import { couldBe, similarTo, type Changed } from '../transactions/set-category.ts';

export const acceptance = z.object({
	id,
	/** The category that the person has seen and finds right. */
	categoryId: z.string().max(60),
	/** Also all others of this merchant, in the same direction, that wait. */
	all: z.boolean().default(false)
});

/**
 * Settles a transaction that waits for a look, or every one like it that does, and learns from it. `similar` of the answer are
 * those that do not wait but are guessed otherwise. Errors: NOT_FOUND, INVALID (`unknown_category`).
 */
export const acceptReview = (
	{ db, live }: Pick<App, 'db' | 'live'>,
	userId: string,
	{ id, categoryId, all }: z.output<typeof acceptance>
): Promise<Changed> =>
	inTx(db, async (tx) => {
		const [row] = await sayable(tx, userId, { id });
		if (!row) throw notFound();
		await requireCategory(tx, userId, categoryId);
		const waiting = all ? await sayable(tx, userId, { ...similarTo(row), review: true }) : [];
		const ids = await say(tx, live, userId, [row, ...waiting], categoryId);
		const similar = await tx.transaction.count({ where: { userId, ...couldBe(row, categoryId) } });
		return { changed: ids.length, similar, ids };
	});
