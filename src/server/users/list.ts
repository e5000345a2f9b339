import type { Db } from '../db/client.ts';
import { isOver } from '../sessions/lifetime.ts';
import { gone } from './delete-account.ts';

/** Everybody with an account here, for the admin: the oldest account first. */
export async function listUsers(db: Db, now = new Date()) {
	const users = await db.user.findMany({
		where: { NOT: { email: { startsWith: gone } } },
		orderBy: { id: 'asc' },
		omit: { passwordHash: true },
		include: { authenticator: true, sessions: true, _count: { select: { passkeys: true, apiTokens: true } } }
	});
	return users.map((user) => {
		const sessions = user.sessions.filter((session) => !isOver(session, user.role, now));
		const lastSeen = Math.max(...sessions.map(({ lastSeenAt }) => lastSeenAt.getTime()));
		return {
			id: user.id,
			name: user.name,
			email: user.email,
			emailVerified: user.emailVerifiedAt !== null,
			role: user.role,
			hasMfa: Boolean(user.authenticator?.enabledAt),
			disabled: user.disabledAt !== null,
			sessions: sessions.length,
			passkeys: user._count.passkeys,
			tokens: user._count.apiTokens,
			createdAt: user.createdAt.toISOString(),
			lastSeenAt: Number.isFinite(lastSeen) ? new Date(lastSeen).toISOString() : null
		};
	});
}
