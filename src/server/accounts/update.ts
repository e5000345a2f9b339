import { z } from 'zod';
import { currency, id, line, text } from '#lib/schemas.ts';
import { inTx, type Db } from '../db/client.ts';
import { notFound } from '../errors.ts';
import { enqueue } from '../outbox.ts';
import { accountView, type AccountView } from './list.ts';

export const accountChange = z.object({
	id,
	name: line(80, 1).optional(),
	currency: currency.optional(),
	identifier: text(60).nullable().optional(),
	archived: z.boolean().optional()
});

/**
 * Changes an account; fields left out stay. Its transactions keep their own currency. What it is called now may show transfers that
 * nobody could know before: they are looked for. Error: NOT_FOUND.
 */
export const updateAccount = (
	db: Db,
	userId: string,
	{ id, archived, identifier, ...rest }: z.output<typeof accountChange>
): Promise<AccountView> =>
	inTx(db, async (tx) => {
		const [account] = await tx.account.updateManyAndReturn({
			where: { id, userId },
			data: {
				...rest,
				...(identifier !== undefined && { identifier: identifier || null }),
				...(archived !== undefined && { archivedAt: archived ? new Date() : null })
			}
		});
		if (!account) throw notFound();
		const isCalledOtherwise = rest.name !== undefined || identifier !== undefined;
		if (isCalledOtherwise && (await tx.account.count({ where: { userId } })) > 1) {
			await enqueue(tx, 'transfers-find', { userId, accountId: id });
		}
		return accountView(account);
	});
