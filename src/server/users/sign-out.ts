import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { notFound } from '../errors.ts';
import { endSessions } from '../sessions/end.ts';

/** Signs somebody out everywhere, API tokens included. Returns how many sessions ended. Errors: NOT_FOUND. */
export async function signOutUser(app: App, userId: string): Promise<number> {
	return inTx(app.db, async (tx) => {
		if ((await tx.user.count({ where: { id: userId } })) === 0) throw notFound();
		return endSessions(tx, app, { userId, tokens: true });
	});
}
