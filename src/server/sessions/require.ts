import type { Session, Tx } from '../db/client.ts';
import { signedOut } from '../errors.ts';
import { lockPerson } from '../users/lock.ts';

/**
 * Goes on only while the session still is, and keeps it from ending before the transaction does: for what outlives a session,
 * and is to end with it when the account may have been in other hands. Errors: FORBIDDEN 401 (`signed_out`).
 */
export async function requireSession(tx: Tx, { id, userId }: Pick<Session, 'id' | 'userId'>): Promise<void> {
	await lockPerson(tx, userId);
	if ((await tx.session.count({ where: { id } })) === 0) throw signedOut();
}
