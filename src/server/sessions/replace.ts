import type { App } from '../app.ts';
import type { Session } from '../db/client.ts';

/**
 * Ends the session that a browser had before it signed in again: its cookie is overwritten, so nobody could sign it out any
 * more. Other tabs come back with the new one.
 */
export async function replaceSession({ db, live }: Pick<App, 'db' | 'live'>, old: Session): Promise<void> {
	await db.session.deleteMany({ where: { id: old.id } });
	live.closeSockets(old.id);
}
