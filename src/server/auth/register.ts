import { v7 } from 'uuid';
import type { z } from 'zod';
import type { registration } from '#lib/schemas.ts';
import { constantTimeEqual } from '@oslojs/crypto/subtle';
import type { App } from '../app.ts';
import { inTx, type Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { requireInvite, useInvite } from '../invites/use.ts';
import { canMail } from '../mail/transport.ts';
import { requireStrong } from '../passwords/strength.ts';
import { openSession } from '../sessions/open.ts';
import { isLoopback, networkOf, type Caller } from './caller.ts';
import { createUser, isEmailTaken } from './create-user.ts';
import type { SignedIn } from './login.ts';
import { hashPassword } from './password.ts';
import { askToRegister } from './ask-to-register.ts';
import { mailVerification } from './send-verification.ts';
import { publicUser } from './user.ts';

/** `verify_email`: a mail is on its way, and what it says depends on whether the address had an account; this answer does not. */
export type RegisterAnswer = SignedIn | { status: 'verify_email' };

type Input = z.output<typeof registration>;

/**
 * Makes an account and signs it in. The first one becomes the admin; made from another machine it needs the set-up code of
 * the log. Where mail can be sent, the account of anybody but the first and the invited is made only when the mailed link is
 * opened. `invite` is the code of the admin's invitation, or of a link into a group. Errors: FORBIDDEN (`setup_code`, `signup_closed`, `signup_invite`, `invite_invalid`), INVALID with `fields`,
 * CONFLICT (`setup_done`, and where no mail can be sent `email_taken`), RATE_LIMITED.
 */
export async function register(app: App, input: Input, caller: Caller): Promise<RegisterAnswer> {
	const { db, config, limits } = app;
	const from = networkOf(caller.address);
	const first = (await db.setup.count()) === 0;
	if (!first) requireOpen(config.signup, input.invite);
	await limits.takeOften('passwordCheck', from);
	await requireStrong(input.password, input);
	if (first) await requireSetupCode(app, input.setupCode, caller);
	else await limits.take('signUp', from);
	const invitedBy =
		first || input.invite === undefined ? null : await requireInvite(app, input.invite, caller);
	// Any member can make a group's link. Where nobody needs one to sign up, it must not spare its holder the mail, whose point
	// is that nobody learns who has an account.
	const spared = invitedBy === 'admin' || (invitedBy === 'group' && config.signup === 'invite');
	if (!first && !spared && canMail(config)) {
		await limits.take('mailLink', input.email);
		await askToRegister(app, input);
		return { status: 'verify_email' };
	}
	const passwordHash = await hashPassword(input.password);
	const made = inTx(db, async (tx): Promise<SignedIn> => {
		const id = v7();
		// Two first visitors at once: the second finds the row taken and is not the admin.
		if (first && !(await claimSetup(tx, id))) throw new DomainError('CONFLICT', 'setup_done');
		if (!first && input.invite !== undefined) await useInvite(tx, input.invite, id);
		const role = first ? 'admin' : 'member';
		const user = { ...(await createUser(tx, { id, role, passwordHash, ...input })), hasMfa: false };
		await mailVerification(tx, app, user);
		const { token } = await openSession(tx, app, user, caller);
		return { status: 'ok', token, user: publicUser(user) };
	});
	return made.catch((error: unknown) => {
		throw isEmailTaken(error) ? new DomainError('CONFLICT', 'email_taken') : error;
	});
}

function requireOpen(signup: App['config']['signup'], invite: string | undefined): void {
	if (signup === 'closed' || (signup === 'invite' && invite === undefined)) {
		throw new DomainError('FORBIDDEN', `signup_${signup}`);
	}
}

const bytes = (text: string) => new TextEncoder().encode(text);

async function requireSetupCode(
	{ limits, setupCode }: Pick<App, 'limits' | 'setupCode'>,
	given: string | undefined,
	{ address, passedOn = false }: Caller
): Promise<void> {
	if (isLoopback(address) && !passedOn) return;
	const wrong = new DomainError('FORBIDDEN', 'setup_code');
	// A page learns by asking without one that it is needed: that is no guess.
	if (given === undefined) throw wrong;
	await limits.take('code', networkOf(address));
	if (!constantTimeEqual(bytes(given.trim()), bytes(setupCode))) throw wrong;
	await limits.giveBack('code', networkOf(address));
}

/** True for the one caller that inserted the set-up row. */
async function claimSetup(tx: Tx, userId: string): Promise<boolean> {
	const inserted = await tx.$executeRaw`
		INSERT INTO "Setup" ("id", "userId", "createdAt") VALUES (1, ${userId}, ${new Date()}) ON CONFLICT DO NOTHING`;
	return inserted === 1;
}
