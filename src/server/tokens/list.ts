import type { Db } from '../db/client.ts';
import { tokenView, type TokenView } from './view.ts';

/** A person's API tokens, the newest first; those that have run out too, so that it can be seen why a program stopped. */
export async function listTokens(db: Db, userId: string): Promise<TokenView[]> {
	const tokens = await db.apiToken.findMany({ where: { userId }, orderBy: { id: 'desc' } });
	return tokens.map(tokenView);
}
