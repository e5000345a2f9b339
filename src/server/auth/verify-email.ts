import { v7 } from 'uuid';
import { z } from 'zod';
import { maxPasswordLength } from '#lib/password-limits.ts';
import { locale } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { inTx, type Registration } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { networkOf, type Caller } from './caller.ts';
import { createUser, isEmailTaken } from './create-user.ts';
import { useEmailToken } from './email-token.ts';
import { verifyPassword } from './password.ts';
import { hashToken } from './token.ts';

export const verification = z.object({
	token: z.string().max(100),
	/** The one chosen at sign-up, for an account that is still to be made. */
	password: z.string().max(maxPasswordLength).optional()
});

/**
 * Opens a mailed link, which is used up: it confirms the address of an account, or makes the account that was asked for;
 * its person then signs in. Errors: INVALID (`link_invalid`; `fields.password`: `required`, `password_wrong`), CONFLICT (`email_taken` in the meantime), FORBIDDEN
 * (`signup_closed`, `signup_invite`), RATE_LIMITED.
 */
export async function verifyEmail(
	app: Pick<App, 'db' | 'limits' | 'config'>,
	{ token, password }: z.output<typeof verification>,
	caller: Caller
): Promise<{ email: string }> {
	const from = networkOf(caller.address);
	await app.limits.take('code', from);
	const email = (await confirmAddress(app, token)) ?? (await makeAccount(app, token, password));
	if (email === null) throw linkInvalid();
	await app.limits.giveBack('code', from);
	return { email };
}

const wrongPassword = (problem: string) =>
	new DomainError('INVALID', 'invalid', { fields: { password: problem } });
const linkInvalid = (): DomainError => new DomainError('INVALID', 'link_invalid');

/** The address that was confirmed, or null when the token is no such one. */
async function confirmAddress({ db }: Pick<App, 'db'>, token: string): Promise<string | null> {
	const found = await db.emailToken.findUnique({
		where: { tokenHash: hashToken(token), purpose: 'verify' },
		select: { user: { select: { id: true, email: true } } }
	});
	if (!found) return null;
	const { id, email } = found.user;
	return inTx(db, async (tx) => {
		if (!(await useEmailToken(tx, token, 'verify', id))) throw linkInvalid();
		await tx.user.update({ where: { id }, data: { emailVerifiedAt: new Date() } });
		return email;
	});
}

/** The address of the account that was made, or null when the token is no such one. */
async function makeAccount(
	{ db, config }: Pick<App, 'db' | 'config'>,
	token: string,
	password: string | undefined
): Promise<string | null> {
	const now = new Date();
	const where = { tokenHash: hashToken(token), expiresAt: { gt: now } };
	const asked = await db.registration.findUnique({ where });
	if (!asked) return null;
	if (config.signup !== 'open') throw new DomainError('FORBIDDEN', `signup_${config.signup}`);
	// Anybody can ask for a mail to this address, with a password of theirs: the account is made for who knows both.
	if (password === undefined) throw wrongPassword('required');
	if (!(await verifyPassword(asked.passwordHash, password))) throw wrongPassword('password_wrong');
	try {
		await inTx(db, async (tx) => {
			const { count } = await tx.registration.deleteMany({ where });
			if (count === 0) throw linkInvalid();
			await createUser(tx, { id: v7(), role: 'member', emailVerifiedAt: now, ...settingsOf(asked) });
		});
	} catch (error) {
		if (!isEmailTaken(error)) throw error;
		await db.registration.deleteMany({ where });
		throw new DomainError('CONFLICT', 'email_taken');
	}
	return asked.email;
}

const settingsOf = ({ locale: language, ...asked }: Registration) => ({
	...asked,
	locale: locale.parse(language)
});
