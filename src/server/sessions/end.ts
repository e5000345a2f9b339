import type { App } from '../app.ts';
import { afterCommit, type Tx } from '../db/client.ts';
import { lockPerson } from '../users/lock.ts';

type Which = {
	userId: string;
	/** This one alone. */
	id?: string;
	/** All but this one. */
	except?: string;
	/** API tokens too: when the account may have been in other hands. */
	tokens?: boolean;
};

/** Ends sessions of a person, and after the commit their sockets on every process. Returns how many there were. */
export async function endSessions(
	tx: Tx,
	{ live }: Pick<App, 'live'>,
	{ userId, id, except, tokens = false }: Which
): Promise<number> {
	await lockPerson(tx, userId);
	const where = { userId, ...(id && { id }), ...(except && { id: { not: except } }) };
	const sessions = await tx.session.findMany({ where, select: { id: true } });
	await tx.session.deleteMany({ where });
	const apiTokens = tokens ? await tx.apiToken.findMany({ where: { userId }, select: { id: true } }) : [];
	if (tokens) await tx.apiToken.deleteMany({ where: { userId } });
	afterCommit(tx, () => {
		for (const ended of [...sessions, ...apiTokens]) live.endSession(ended.id);
	});
	return sessions.length;
}
