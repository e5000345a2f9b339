import { z } from 'zod';
import { email } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { networkOf, type Caller } from '../auth/caller.ts';
import { inTx } from '../db/client.ts';
import { enqueue } from '../outbox.ts';

export const resetRequest = z.object({ email });

/**
 * Asks for a link that chooses a new password. Whether the address is anybody's is looked up later, by a job: here known and
 * unknown ones cannot differ in answer or time. Errors: RATE_LIMITED.
 */
export async function requestReset(
	{ db, limits }: Pick<App, 'db' | 'limits'>,
	{ email: asked }: z.output<typeof resetRequest>,
	caller: Caller
): Promise<{ ok: true }> {
	await limits.take('mailLinkAddress', networkOf(caller.address));
	await limits.take('mailLink', asked);
	await inTx(db, (tx) => enqueue(tx, 'password-reset', { email: asked }));
	return { ok: true };
}
