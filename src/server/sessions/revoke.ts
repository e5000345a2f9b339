import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { inTx, type Session } from '../db/client.ts';
import { notFound } from '../errors.ts';
import { endSessions } from './end.ts';

export const revocation = z.union([z.object({ id }), z.object({ others: z.literal(true) })]);

/** Signs a person out of one device, or of all but the one at hand. Returns how many it were. Errors: NOT_FOUND. */
export async function revokeSessions(
	app: Pick<App, 'db' | 'live'>,
	current: Session,
	which: z.output<typeof revocation>
): Promise<number> {
	const { userId } = current;
	const ended = await inTx(app.db, (tx) =>
		endSessions(tx, app, { userId, ...('id' in which ? { id: which.id } : { except: current.id }) })
	);
	if ('id' in which && ended === 0) throw notFound();
	return ended;
}
