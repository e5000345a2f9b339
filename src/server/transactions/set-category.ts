import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import { couldBeTransfer, type TransferCategory } from '#lib/transfers/evidence.ts';
import type { Model } from '#models/predict.ts';
import type { App } from '../app.ts';
import { requireCategory } from '../categories/book.ts';
import { say, sayable, sayableByIds, type Sayable } from '../categorising/say.ts';
import { inTx, type Prisma, type Tx } from '../db/client.ts';
import { notFound } from '../errors.ts';
import { findTransfers } from '../transfers/find.ts';
import { linksOf } from '../transfers/links.ts';
import { partTransfers } from '../transfers/part.ts';
import type { Undoing } from './undo.ts';

type Deps = Pick<App, 'db' | 'live' | 'models'>;

export const categoryChoice = z.object({
	id: id,
	categoryId: z.string().max(60),
	/** Also every other transaction of this merchant that no person has categorised, and that is half of no transfer. */
	applyToSimilar: z.boolean().optional()
});

/** What was said, and how it is taken back: by `transactions.undo`. */
export type Said = { changed: number; undo: Undoing };

export type Changed = Said & {
	/** How many more of the same merchant could be. */
	similar: number;
	/** Which were changed. */
	ids: string[];
};

/**
 * Others of the same merchant, and in the same direction (a refund is not what the shop is), that no person has spoken of. A half of a
 * transfer is what both halves tell, not what its merchant is.
 */
export const similarTo = ({ id, merchantKey, amount }: Sayable): Prisma.TransactionWhereInput => ({
	merchantKey,
	id: { not: id },
	amount: amount > 0n ? { gt: 0n } : { lte: 0n },
	source: { not: 'user' },
	...{ transferOut: null, transferIn: null }
});

/** Those of them whose guess is another category, or waits for a look. */
export const couldBe = (row: Sayable, categoryId: string): Prisma.TransactionWhereInput => ({
	...similarTo(row),
	OR: [{ categoryId: { not: categoryId } }, { categoryId: null }, { review: true }]
});

/** Does in a transaction what says categories, and then looks for what the halves of transfers belong to that it has taken apart. */
export async function saying<T>(
	{ db, live, models }: Deps,
	userId: string,
	work: (tx: Tx, speak: (rows: readonly Sayable[], categoryId: string) => Promise<Said>) => Promise<T>
): Promise<T> {
	const { model } = await models.active(); // reading it takes a moment, which is not for the database to wait
	let halves: string[] = [];
	const done = await inTx(db, (tx) =>
		work(tx, async (rows, categoryId) => {
			const undo = { categoryId, rows: rows.map(asItIs), apart: [] as Undoing['apart'] };
			await say(tx, live, userId, rows, categoryId);
			if (!couldBeTransfer(categoryId)) {
				const parted = await partHalves(tx, userId, model, rows);
				halves = parted.halves;
				undo.apart = parted.apart;
			}
			return { changed: rows.length, undo };
		})
	);
	if (halves.length > 0) await findTransfers({ db, live }, userId, { ids: halves });
	return done;
}

const asItIs = ({ id, categoryId, source, confidence, review }: Sayable): Undoing['rows'][number] => ({
	...{ id, categoryId, source, confidence, review }
});

/** Halves of transfers that their person puts where no transfer belongs are none: the latest word counts. */
async function partHalves(tx: Tx, userId: string, model: Model, rows: readonly Sayable[]) {
	const links = await linksOf(
		tx,
		rows.map(({ id }) => id)
	);
	const apart = links.map(({ categoryId, ...link }) => ({
		...link,
		categoryId: categoryId as TransferCategory
	}));
	return { apart, halves: await partTransfers(tx, userId, model, links, { remember: true }) };
}

/**
 * Puts a transaction into a category because a person says so, and learns it: the next prediction for the merchant uses it.
 * Errors: NOT_FOUND, INVALID (`unknown_category`).
 */
export const setCategory = (
	app: Deps,
	userId: string,
	{ id, categoryId, applyToSimilar = false }: z.output<typeof categoryChoice>
): Promise<Changed> =>
	saying(app, userId, async (tx, speak) => {
		const [row] = await sayable(tx, userId, { id });
		if (!row) throw notFound();
		await requireCategory(tx, userId, categoryId);
		const others = couldBe(row, categoryId);
		const rows = applyToSimilar ? [row, ...(await sayable(tx, userId, others))] : [row];
		const said = await speak(rows, categoryId);
		const similar = applyToSimilar ? 0 : await tx.transaction.count({ where: { userId, ...others } });
		return { ...said, similar, ids: rows.map((one) => one.id) };
	});

export const bulkCategoryChoice = z.object({
	ids: z.array(id).min(1).max(1000),
	categoryId: z.string().max(60)
});

/** The same for many at once; ids that are not the person's are passed over. Error: INVALID (`unknown_category`). */
export const setCategories = (
	app: Deps,
	userId: string,
	{ ids, categoryId }: z.output<typeof bulkCategoryChoice>
): Promise<Said> =>
	saying(app, userId, async (tx, speak) => {
		const rows = await sayableByIds(tx, userId, ids);
		await requireCategory(tx, userId, categoryId);
		return speak(rows, categoryId);
	});
