import type { App } from '../app.ts';
import { notFound } from '../errors.ts';

/** Ends an API token at once, its sockets included. Errors: NOT_FOUND. */
export async function revokeToken({ db, live }: App, userId: string, id: string): Promise<void> {
	const { count } = await db.apiToken.deleteMany({ where: { id, userId } });
	if (count === 0) throw notFound();
	live.endSession(id);
}
