import type { Db, Session, User } from '../db/client.ts';
import { isOver } from './lifetime.ts';
import { deviceKind, deviceText, placeText, type DeviceKind } from './words.ts';

export type SessionView = {
	id: string;
	/** The one that asks. */
	current: boolean;
	device: string;
	kind: DeviceKind;
	place: string;
	createdAt: string;
	lastSeenAt: string;
	expiresAt: string;
};

/** Where a person is signed in, the latest seen first. */
export async function listSessions(
	db: Db,
	user: Pick<User, 'id' | 'role' | 'locale'>,
	current: Session,
	now = new Date()
): Promise<SessionView[]> {
	const sessions = await db.session.findMany({ where: { userId: user.id }, orderBy: { lastSeenAt: 'desc' } });
	return sessions
		.filter((session) => !isOver(session, user.role, now))
		.map((session) => ({
			id: session.id,
			current: session.id === current.id,
			device: deviceText(session.userAgent, user.locale),
			kind: deviceKind(session.userAgent),
			place: placeText(session.address, user.locale),
			createdAt: session.createdAt.toISOString(),
			lastSeenAt: session.lastSeenAt.toISOString(),
			expiresAt: session.expiresAt.toISOString()
		}));
}
