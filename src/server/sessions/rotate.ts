import { v7 } from 'uuid';
import type { App } from '../app.ts';
import { hashToken, newToken } from '../auth/token.ts';
import { afterCommit, type Session, type Tx } from '../db/client.ts';
import { signedOut } from '../errors.ts';
import type { NewSession } from './start.ts';

/**
 * Replaces a session by a new one, with a new token and the same end: after what somebody may do changes, whoever holds the
 * old token holds nothing. Its sockets are closed and come back with the new one. Errors: FORBIDDEN 401 (`signed_out`) when the
 * old one has ended in the meantime: it has no successor.
 */
export async function rotateSession(
	tx: Tx,
	{ live }: Pick<App, 'live'>,
	old: Session,
	now = new Date()
): Promise<NewSession> {
	const token = newToken();
	const id = v7();
	const { createdAt, expiresAt, userId, userAgent, address } = old;
	await tx.session.create({
		data: {
			...{ id, tokenHash: hashToken(token), userId, userAgent, address, createdAt, expiresAt },
			lastSeenAt: now,
			provedAt: now
		}
	});
	// What the old one has asked for is the new one's.
	await tx.export.updateMany({ where: { sessionId: old.id }, data: { sessionId: id } });
	const { count } = await tx.session.deleteMany({ where: { id: old.id } });
	if (count === 0) throw signedOut();
	afterCommit(tx, () => live.closeSockets(old.id));
	return { id, token, expiresAt };
}
