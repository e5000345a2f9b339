import { z } from 'zod';
import { merchantKey } from '#lib/merchant.ts';
import { id, text } from '#lib/schemas.ts';
import { searchText } from '#lib/search.ts';
import { inTx, type Db } from '../db/client.ts';
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
	db: Db,
	userId: string,
	{ id, merchant, note, reviewed }: z.output<typeof transactionChange>
): Promise<void> =>
	inTx(db, async (tx) => {
		const row = await tx.transaction.findFirst({ where: { id, userId }, select: { description: true } });
		if (!row) throw notFound();
		await tx.transaction.update({
			where: { id },
			data: {
				...(merchant !== undefined && {
					merchant,
					merchantKey: merchantKey(merchant),
					search: searchText(row.description, merchant)
				}),
				...(note !== undefined && { note }),
				...(reviewed && { review: false })
			}
		});
	});
