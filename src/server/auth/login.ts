import type { z } from 'zod';
import type { credentials } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { inTx, type User } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { useSecondFactor } from '../mfa/use.ts';
import { openSession } from '../sessions/open.ts';
import { networkOf, type Caller } from './caller.ts';
import type { SessionUser } from './identify.ts';
import { verifyPassword } from './password.ts';
import { publicUser, type PublicUser } from './user.ts';

export type SignedIn = { status: 'ok'; token: string; user: PublicUser };

/** `mfa_required`: the password was right, and the same call must carry a second factor as well. */
export type LoginAnswer = SignedIn | { status: 'mfa_required' };

/**
 * Checks email, password and, where the account has one, the second factor, and starts a session. The answer and the time it
 * takes are the same for a wrong password and an unknown address. Errors: FORBIDDEN 401 (`bad_credentials`; `bad_code` for a
 * second factor that does not fit or has been used), RATE_LIMITED.
 */
export async function login(
	app: App,
	input: z.output<typeof credentials>,
	caller: Caller
): Promise<LoginAnswer> {
	const { db, limits } = app;
	const network = networkOf(caller.address);
	const account = `${input.email} ${network}`;
	await limits.take('signInAddress', network);
	await limits.take('signInAccount', account);
	const user = await db.user.findUnique({ where: { email: input.email }, include: { authenticator: true } });
	const right = await verifyPassword(user?.passwordHash ?? null, input.password);
	if (!user || !right || user.disabledAt) {
		throw new DomainError('FORBIDDEN', 'bad_credentials', { status: 401 });
	}
	const hasMfa = Boolean(user.authenticator?.enabledAt);
	const given = input.otp ?? input.recoveryCode ?? input.passkey;
	const asksMore = hasMfa && given === undefined;
	const answer: LoginAnswer = asksMore
		? { status: 'mfa_required' }
		: await signIn(app, { ...user, hasMfa }, input, caller);
	// It was no guess: whoever signs in often is not held up.
	await limits.giveBack('signInAccount', account);
	await limits.giveBack('signInAddress', network);
	return answer;
}

type Person = SessionUser & Pick<User, 'passwordHash'>;

async function signIn(
	app: App,
	user: Person,
	input: z.output<typeof credentials>,
	caller: Caller
): Promise<SignedIn> {
	if (user.hasMfa) await app.limits.take('secondFactor', user.id);
	const signedIn = await inTx(app.db, async (tx): Promise<SignedIn> => {
		if (user.hasMfa) await useSecondFactor(tx, app, user, input);
		const { token } = await openSession(tx, app, user, caller);
		return { status: 'ok', token, user: publicUser(user) };
	});
	if (user.hasMfa) await app.limits.giveBack('secondFactor', user.id);
	return signedIn;
}
