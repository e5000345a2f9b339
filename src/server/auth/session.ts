/** Sessions after Lucia's published design: a random token at the person's side, its hash at ours. */
import { v7 } from 'uuid';
import type { Session, User } from '../db/client.ts';
import type { Db, Tx } from '../db/client.ts';
import { hashToken, newToken } from './token.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** How long a session lives without being used, and at most. */
const limits = {
	member: { idle: 7 * day, absolute: 30 * day },
	admin: { idle: 30 * 60_000, absolute: 12 * hour }
} as const;

// Writing "last seen" on every request would make each read a write.
const lastSeenStep = 60_000;

export type SessionUser = Omit<User, 'passwordHash'>;
export type ActiveSession = Session & { user: SessionUser };

/** Starts a session and returns its token, which nothing else knows. */
export async function startSession(
	tx: Tx,
	user: Pick<User, 'id' | 'role'>,
	userAgent: string,
	now = new Date()
): Promise<{ id: string; token: string; expiresAt: Date }> {
	const token = newToken();
	const id = v7();
	const expiresAt = new Date(now.getTime() + limits[user.role].absolute);
	await tx.session.create({
		data: {
			id,
			tokenHash: hashToken(token),
			userId: user.id,
			userAgent: userAgent.slice(0, 300),
			createdAt: now,
			lastSeenAt: now,
			expiresAt
		}
	});
	return { id, token, expiresAt };
}

/** The session a token belongs to, or null: unknown, expired, idle for too long, or of a disabled person. */
export async function findSession(db: Db, token: string, now = new Date()): Promise<ActiveSession | null> {
	const session = await db.session.findUnique({
		where: { tokenHash: hashToken(token) },
		include: { user: { omit: { passwordHash: true } } }
	});
	if (!session || session.user.disabledAt) return null;
	const idle = now.getTime() - session.lastSeenAt.getTime();
	if (session.expiresAt <= now || idle > limits[session.user.role].idle) {
		await db.session.deleteMany({ where: { id: session.id } });
		return null;
	}
	if (idle > lastSeenStep) {
		await db.session.updateMany({ where: { id: session.id }, data: { lastSeenAt: now } });
	}
	return session;
}
