/** Who a token belongs to: a session's, or an API token. */
import type { Scope } from '#lib/scopes.ts';
import type { Db, Session, User } from '../db/client.ts';
import { isOver } from '../sessions/lifetime.ts';
import { isMfaRequired } from '../settings/mfa-required.ts';
import { hashToken, isApiToken } from './token.ts';

// Writing "last seen" on every request would make each read a write.
const lastSeenStep = 60_000;

export type SessionUser = Omit<User, 'passwordHash'> & {
	/** Whether the second factor is on. */
	hasMfa: boolean;
};

export type Identity = {
	user: SessionUser;
	/** True for somebody who has to add a second factor before anything else. */
	mustEnrol: boolean;
	/** What was shown: a session, or an API token with what it may do. */
	by: { kind: 'session'; session: Session } | { kind: 'token'; id: string; scopes: ReadonlySet<Scope> };
};

/** Null for a token that is unknown, expired, idle for too long, or of a disabled person. */
export async function identify(db: Db, token: string, now = new Date()): Promise<Identity | null> {
	return isApiToken(token) ? byApiToken(db, token, now) : bySession(db, token, now);
}

/** Whose a session is, for work that goes on in its name; that is no use of the session. Null when it is over. */
export async function identifySession(db: Db, id: string, now = new Date()): Promise<Identity | null> {
	const found = await db.session.findUnique({ where: { id }, include: { user } });
	if (!found) return null;
	const { user: person, ...session } = found;
	return isOver(session, person.role, now) ? null : identity(db, person, { kind: 'session', session });
}

const user = {
	omit: { passwordHash: true },
	include: { authenticator: { select: { enabledAt: true } } }
} as const;
type Found = Omit<User, 'passwordHash'> & { authenticator: { enabledAt: Date | null } | null };

async function identity(
	db: Db,
	{ authenticator, ...person }: Found,
	by: Identity['by']
): Promise<Identity | null> {
	if (person.disabledAt) return null;
	const hasMfa = Boolean(authenticator?.enabledAt);
	const mustEnrol = !hasMfa && (await isMfaRequired(db));
	return { user: { ...person, hasMfa }, mustEnrol, by };
}

async function bySession(db: Db, token: string, now: Date): Promise<Identity | null> {
	const found = await db.session.findUnique({ where: { tokenHash: hashToken(token) }, include: { user } });
	if (!found) return null;
	const { user: person, ...session } = found;
	if (isOver(session, person.role, now)) {
		await db.session.deleteMany({ where: { id: session.id } });
		return null;
	}
	if (now.getTime() - session.lastSeenAt.getTime() > lastSeenStep) {
		await db.session.updateMany({ where: { id: session.id }, data: { lastSeenAt: now } });
	}
	return identity(db, person, { kind: 'session', session });
}

async function byApiToken(db: Db, token: string, now: Date): Promise<Identity | null> {
	const found = await db.apiToken.findUnique({ where: { tokenHash: hashToken(token) }, include: { user } });
	if (!found || (found.expiresAt && found.expiresAt <= now)) return null;
	if (!found.lastUsedAt || now.getTime() - found.lastUsedAt.getTime() > lastSeenStep) {
		await db.apiToken.updateMany({ where: { id: found.id }, data: { lastUsedAt: now } });
	}
	const scopes = new Set(found.scopes.split(' ') as Scope[]);
	return identity(db, found.user, { kind: 'token', id: found.id, scopes });
}

/** The session that somebody showed; undefined for an API token and for nobody. */
export const sessionOf = (identity: Identity | null): Session | undefined =>
	identity?.by.kind === 'session' ? identity.by.session : undefined;
