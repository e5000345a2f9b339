import type { z } from 'zod';
import { baseLocale } from '#lib/paraglide/runtime.js';
import type { registration } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { signUpHours } from '../mail/link-lives.ts';
import { sendMail } from '../mail/send.ts';
import { hashPassword } from './password.ts';
import { hashToken, newToken } from './token.ts';

/**
 * Takes a sign-up down and mails the link that makes the account; to somebody who has one already, a mail that says so. The
 * work is the same for both, so that nobody can tell from the answer or its time.
 */
export async function askToRegister(
	app: Pick<App, 'db' | 'sealer' | 'config'>,
	{
		email,
		name,
		password,
		locale = baseLocale,
		timeZone = 'UTC',
		currency = 'EUR'
	}: z.output<typeof registration>,
	now = new Date()
): Promise<void> {
	const passwordHash = await hashPassword(password);
	await inTx(app.db, async (tx) => {
		const known = await tx.user.findUnique({ where: { email }, select: { id: true, locale: true } });
		if (known) {
			const { id: userId, locale: own } = known;
			await sendMail(tx, app, { to: email, userId, locale: own, kind: 'already_registered', params: {} });
			return;
		}
		const token = newToken();
		const expiresAt = new Date(now.getTime() + signUpHours * 3_600_000);
		await tx.registration.create({
			data: { tokenHash: hashToken(token), email, name, passwordHash, locale, timeZone, currency, expiresAt }
		});
		const link = `${app.config.publicUrl}/verify#${token}`;
		await sendMail(tx, app, { to: email, locale, kind: 'sign_up', params: { link } });
	});
}
