import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { requireCategory } from '../categories/book.ts';
import { sayable } from '../categorising/say.ts';
import { notFound } from '../errors.ts';
import { couldBe, saying, similarTo, type Changed } from '../transactions/set-category.ts';

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
	app: Pick<App, 'db' | 'live' | 'models'>,
	userId: string,
	{ id, categoryId, all }: z.output<typeof acceptance>
): Promise<Changed> =>
	saying(app, userId, async (tx, speak) => {
		const [row] = await sayable(tx, userId, { id });
		if (!row) throw notFound();
		await requireCategory(tx, userId, categoryId);
		const waiting = all ? await sayable(tx, userId, { ...similarTo(row), review: true }) : [];
		const rows = [row, ...waiting];
		const said = await speak(rows, categoryId);
		const similar = await tx.transaction.count({ where: { userId, ...couldBe(row, categoryId) } });
		return { ...said, similar, ids: rows.map((one) => one.id) };
	});
