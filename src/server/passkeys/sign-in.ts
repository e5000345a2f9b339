import type { z } from 'zod';
import type { passkeyAnswer } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { networkOf, type Caller } from '../auth/caller.ts';
import type { SignedIn } from '../auth/login.ts';
import { publicUser } from '../auth/user.ts';
import { inTx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { openSession } from '../sessions/open.ts';
import { usePasskey } from './use.ts';

/** Signs somebody in by a passkey alone. Errors: FORBIDDEN 401 (`bad_passkey`), RATE_LIMITED. */
export async function signInWithPasskey(
	app: App,
	answer: z.output<typeof passkeyAnswer>,
	caller: Caller
): Promise<SignedIn> {
	const network = networkOf(caller.address);
	await app.limits.take('signInAddress', network);
	const signedIn = await inTx(app.db, async (tx): Promise<SignedIn> => {
		const id = await usePasskey(tx, app, answer, new Date(), { alone: true });
		const found = id && (await tx.user.findUnique({ where: { id }, include: { authenticator: true } }));
		if (!found || found.disabledAt) throw new DomainError('FORBIDDEN', 'bad_passkey', { status: 401 });
		const user = { ...found, hasMfa: Boolean(found.authenticator?.enabledAt) };
		const { token } = await openSession(tx, app, user, caller);
		return { status: 'ok', token, user: publicUser(user) };
	});
	await app.limits.giveBack('signInAddress', network);
	return signedIn;
}
