import { v7 } from 'uuid';
import { z } from 'zod';
import { currency, id, line, text } from '#lib/schemas.ts';
import type { Db } from '../db/client.ts';
import { isDuplicateKey } from '../db/errors.ts';
import { DomainError } from '../errors.ts';
import { accountView, type AccountView } from './list.ts';

export const newAccount = z.object({
	/** Made by the client so that a repeated call changes nothing. */
	id: id.optional(),
	name: line(80, 1),
	currency,
	identifier: text(60).optional()
});

/** Makes an account; sent again with the same id it returns the first result. Error: CONFLICT (somebody else's id). */
export async function createAccount(
	db: Db,
	userId: string,
	{ id = v7(), name, currency, identifier }: z.output<typeof newAccount>
): Promise<AccountView> {
	const data = { id, userId, name, currency, identifier: identifier || null };
	const account = await db.account.create({ data }).catch((error: unknown) => {
		if (!isDuplicateKey(error, 'Account')) throw error;
		return db.account.findUniqueOrThrow({ where: { id } });
	});
	if (account.userId !== userId) throw new DomainError('CONFLICT', 'id_taken');
	return accountView(account);
}
