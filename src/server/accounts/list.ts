import type { Account, Db } from '../db/client.ts';

export const accountView = (account: Account) => ({
	id: account.id,
	name: account.name,
	currency: account.currency,
	identifier: account.identifier,
	archived: account.archivedAt !== null
});

export type AccountView = ReturnType<typeof accountView>;

/** A person's accounts, the oldest first. */
export async function listAccounts(db: Db, userId: string): Promise<AccountView[]> {
	const accounts = await db.account.findMany({ where: { userId }, orderBy: { id: 'asc' } });
	return accounts.map(accountView);
}
