import type { Db } from '../db/client.ts';
import type { Log } from '../log.ts';
import { isOver } from '../sessions/lifetime.ts';
import type { Sockets } from './live.ts';

/**
 * Closes the sockets of this process whose session or API token has run out. What is revoked closes its sockets itself; time
 * passing does not, and an open page is no sign of life of its person.
 */
export async function closeEnded(sockets: Sockets, db: Db, log: Log, now = new Date()): Promise<void> {
	const open = [...sockets.of('/').sockets.values()];
	if (open.length === 0) return;
	try {
		const ids = [...new Set(open.map(({ data }) => data.id))];
		const sessions = await db.session.findMany({
			where: { id: { in: ids } },
			include: { user: { select: { role: true } } }
		});
		const tokens = await db.apiToken.findMany({ where: { id: { in: ids } } });
		const alive = new Set([
			...sessions.filter((session) => !isOver(session, session.user.role, now)).map(({ id }) => id),
			...tokens.filter(({ expiresAt }) => !expiresAt || expiresAt > now).map(({ id }) => id)
		]);
		for (const socket of open) {
			if (alive.has(socket.data.id)) continue;
			socket.emit('session:revoked', { sessionId: socket.data.id });
			socket.disconnect(true);
		}
	} catch (error) {
		log.warn({ err: error }, 'could not look for sockets whose session has ended');
	}
}
