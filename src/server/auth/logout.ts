import type { App } from '../app.ts';

/** Ends a session: its row, then its sockets on every process. */
export async function logout({ db, live }: Pick<App, 'db' | 'live'>, sessionId: string): Promise<void> {
	await db.session.deleteMany({ where: { id: sessionId } });
	live.endSession(sessionId);
}
