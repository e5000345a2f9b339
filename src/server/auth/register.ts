import { v7 } from 'uuid';
import type { z } from 'zod';
import type { registration } from '#lib/schemas.ts';
import { constantTimeEqual } from '@oslojs/crypto/subtle';
import type { App } from '../app.ts';
import { inTx, type Tx } from '../db/client.ts';
import { isUniqueViolation } from '../db/errors.ts';
import { DomainError } from '../errors.ts';
import { hashPassword } from './password.ts';
import { startSession } from './session.ts';
import type { SignedIn } from './login.ts';
import { publicUser } from './user.ts';

export type Caller = { address: string; userAgent: string };

const loopback = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
const bytes = (text: string) => new TextEncoder().encode(text);

/**
 * Makes an account and signs it in. The first one becomes the admin; made from another machine it needs the set-up code of
 * the log. Errors: FORBIDDEN (`setup_code`, `signup_closed`, `signup_invite`), CONFLICT (`email_taken`).
 */
export async function register(
	{ db, config, setupCode }: Pick<App, 'db' | 'config' | 'setupCode'>,
	input: z.output<typeof registration>,
	caller: Caller
): Promise<SignedIn> {
	const first = (await db.setup.count()) === 0;
	if (first) checkSetupCode(input.setupCode, setupCode, caller.address);
	else if (config.signup !== 'open') throw new DomainError('FORBIDDEN', `signup_${config.signup}`);
	const passwordHash = await hashPassword(input.password);
	const registered = inTx(db, async (tx): Promise<SignedIn> => {
		const id = v7();
		// Two first visitors at once: the second finds the row taken and is not the admin.
		if (first && !(await claimSetup(tx, id))) throw new DomainError('CONFLICT', 'setup_done');
		const user = await tx.user.create({
			data: {
				id,
				email: input.email,
				name: input.name,
				passwordHash,
				role: first ? 'admin' : 'member',
				...(input.locale && { locale: input.locale }),
				...(input.timeZone && { timeZone: input.timeZone }),
				...(input.currency && { currency: input.currency })
			}
		});
		const session = await startSession(tx, user, caller.userAgent);
		return { status: 'ok', token: session.token, user: publicUser(user) };
	});
	return registered.catch((error: unknown) => {
		throw isUniqueViolation(error, 'User', ['email']) ? new DomainError('CONFLICT', 'email_taken') : error;
	});
}

function checkSetupCode(given: string | undefined, expected: string, address: string): void {
	if (loopback.test(address)) return;
	const right = given !== undefined && constantTimeEqual(bytes(given.trim()), bytes(expected));
	if (!right) throw new DomainError('FORBIDDEN', 'setup_code');
}

/** True for the one caller that inserted the set-up row. */
async function claimSetup(tx: Tx, userId: string): Promise<boolean> {
	const inserted = await tx.$executeRaw`
		INSERT INTO "Setup" ("id", "userId", "createdAt") VALUES (1, ${userId}, ${new Date()}) ON CONFLICT DO NOTHING`;
	return inserted === 1;
}
