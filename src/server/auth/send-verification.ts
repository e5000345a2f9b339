import type { App } from '../app.ts';
import { inTx, type Tx, type User } from '../db/client.ts';
import { sendMail } from '../mail/send.ts';
import { newEmailToken } from './email-token.ts';

type Person = Pick<User, 'id' | 'email' | 'locale' | 'emailVerifiedAt'>;

/** Mails somebody who is signed in the link that confirms their address, unless that is done. Errors: RATE_LIMITED. */
export async function sendVerification(
	app: Pick<App, 'db' | 'limits' | 'sealer' | 'config'>,
	user: Person
): Promise<{ ok: true }> {
	if (user.emailVerifiedAt) return { ok: true };
	await app.limits.take('mailLink', user.email);
	await inTx(app.db, (tx) => mailVerification(tx, app, user));
	return { ok: true };
}

/** Mails the link that confirms an address; older ones open nothing any more. */
export async function mailVerification(
	tx: Tx,
	app: Pick<App, 'sealer' | 'config'>,
	{ id: userId, email: to, locale }: Omit<Person, 'emailVerifiedAt'>
): Promise<void> {
	const token = await newEmailToken(tx, userId, 'verify');
	const link = `${app.config.publicUrl}/verify#${token}`;
	await sendMail(tx, app, { to, userId, locale, kind: 'verify', params: { link } });
}
