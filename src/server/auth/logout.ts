import type { App } from '../app.ts';
import { inTx, type Session } from '../db/client.ts';
import { endSessions } from '../sessions/end.ts';

/** Ends a session: its row, then its sockets on every process. */
export async function logout(app: Pick<App, 'db' | 'live'>, { id, userId }: Session): Promise<void> {
	await inTx(app.db, (tx) => endSessions(tx, app, { userId, id }));
}
