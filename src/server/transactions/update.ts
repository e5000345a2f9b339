import { z } from 'zod';
import { merchantKey } from '#lib/merchant.ts';
import { id, text } from '#lib/schemas.ts';
import { searchText } from '#lib/search.ts';
import type { App } from '../app.ts';
import { say, sayable } from '../categorising/say.ts';
import { inTx } from '../db/client.ts';
import { notFound } from '../errors.ts';

export const transactionChange = z.object({
	id,
	merchant: text(120, 1).optional(),
	note: text(1000).optional(),
	/** The category is fine as it is. */
	reviewed: z.literal(true).optional()
});

/** Changes what a person may say about a transaction; what the bank said stays. Error: NOT_FOUND. */
export const updateTransaction = (
	{ db, live }: Pick<App, 'db' | 'live'>,
	userId: string,
	{ id, merchant, note, reviewed }: z.output<typeof transactionChange>
): Promise<void> =>
	inTx(db, async (tx) => {
		const [row] = await sayable(tx, userId, { id });
		if (!row) throw notFound();
		await tx.transaction.update({
			where: { id },
			data: {
				...(merchant !== undefined && {
					merchant,
					merchantKey: merchantKey(merchant),
					search: searchText(row.description, merchant)
				}),
				...(note !== undefined && { note })
			}
		});
		if (reviewed && row.categoryId) await say(tx, live, userId, [row], row.categoryId);
	});
