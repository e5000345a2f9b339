import type { z } from 'zod';
import type { credentials } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { verifyPassword } from './password.ts';
import type { Caller } from './register.ts';
import { startSession } from './session.ts';
import { publicUser, type PublicUser } from './user.ts';

export type SignedIn = { status: 'ok'; token: string; user: PublicUser };

/** `mfa_required`: the password was right, and the same call must carry a one-time or recovery code as well. */
export type LoginAnswer = SignedIn | { status: 'mfa_required' };

/**
 * Checks email and password and starts a session. The answer and the time it takes are the same for a wrong password and an
 * unknown address: FORBIDDEN (`bad_credentials`, HTTP 401).
 */
export async function login(
	{ db }: Pick<App, 'db'>,
	input: z.output<typeof credentials>,
	caller: Caller
): Promise<LoginAnswer> {
	const user = await db.user.findUnique({ where: { email: input.email } });
	const right = await verifyPassword(user?.passwordHash ?? null, input.password);
	if (!user || !right || user.disabledAt)
		throw new DomainError('FORBIDDEN', 'bad_credentials', { status: 401 });
	return inTx(db, async (tx) => {
		const session = await startSession(tx, user, caller.userAgent);
		return { status: 'ok', token: session.token, user: publicUser(user) };
	});
}
