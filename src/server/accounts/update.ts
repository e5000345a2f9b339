import { z } from 'zod';
import { currency, id, line, text } from '#lib/schemas.ts';
import type { Db } from '../db/client.ts';
import { notFound } from '../errors.ts';
import { accountView, type AccountView } from './list.ts';

export const accountChange = z.object({
	id,
	name: line(80, 1).optional(),
	currency: currency.optional(),
	identifier: text(60).nullable().optional(),
	archived: z.boolean().optional()
});

/** Changes an account; fields left out stay. Its transactions keep their own currency. Error: NOT_FOUND. */
export async function updateAccount(
	db: Db,
	userId: string,
	{ id, archived, identifier, ...rest }: z.output<typeof accountChange>
): Promise<AccountView> {
	const [account] = await db.account.updateManyAndReturn({
		where: { id, userId },
		data: {
			...rest,
			...(identifier !== undefined && { identifier: identifier || null }),
			...(archived !== undefined && { archivedAt: archived ? new Date() : null })
		}
	});
	if (!account) throw notFound();
	return accountView(account);
}
