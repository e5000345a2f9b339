import { inTx, type Db } from '../db/client.ts';
import { DomainError, notFound } from '../errors.ts';

/** Removes an account that holds nothing; one with transactions is archived instead. Errors: NOT_FOUND, CONFLICT (`account_in_use`). */
export const removeAccount = (db: Db, userId: string, id: string): Promise<void> =>
	inTx(db, async (tx) => {
		const account = await tx.account.findFirst({ where: { id, userId }, select: { id: true } });
		if (!account) throw notFound();
		const used = await tx.transaction.findFirst({ where: { accountId: id }, select: { id: true } });
		if (used) throw new DomainError('CONFLICT', 'account_in_use');
		await tx.account.delete({ where: { id } });
	});
