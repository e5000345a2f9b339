/** Sessions after Lucia's published design: a random token at the person's side, its hash at ours. */
import { v7 } from 'uuid';
import type { Caller } from '../auth/caller.ts';
import { hashToken, newToken } from '../auth/token.ts';
import type { Tx, User } from '../db/client.ts';
import { lifetimes } from './lifetime.ts';

export type NewSession = { id: string; token: string; expiresAt: Date };

/** Starts a session of somebody who has just shown who they are. Nothing but the answer knows its token. */
export async function startSession(
	tx: Tx,
	user: Pick<User, 'id' | 'role'>,
	{ userAgent, address }: Pick<Caller, 'userAgent' | 'address'>,
	now = new Date()
): Promise<NewSession> {
	const token = newToken();
	const id = v7();
	const expiresAt = new Date(now.getTime() + lifetimes[user.role].absolute);
	await tx.session.create({
		data: {
			id,
			tokenHash: hashToken(token),
			userId: user.id,
			userAgent: userAgent.slice(0, 300),
			address,
			createdAt: now,
			lastSeenAt: now,
			provedAt: now,
			expiresAt
		}
	});
	return { id, token, expiresAt };
}
