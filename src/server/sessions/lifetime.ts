import type { Session, User } from '../db/client.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long a session lives without being used, and at most. */
export const lifetimes = {
	member: { idle: 7 * day, absolute: 30 * day },
	admin: { idle: 30 * minute, absolute: 12 * hour }
} as const;

/** How long after somebody has shown who they are they may do what needs that. */
export const stepUpMs = 10 * minute;

/** True when a session has been idle for too long, or is too old. */
export function isOver(
	{ lastSeenAt, expiresAt }: Pick<Session, 'lastSeenAt' | 'expiresAt'>,
	role: User['role'],
	now: Date
): boolean {
	return expiresAt <= now || now.getTime() - lastSeenAt.getTime() > lifetimes[role].idle;
}
