import type { App } from '../app.ts';
import type { Tx, User } from '../db/client.ts';
import { sendMail } from '../mail/send.ts';

/** Gives a person a new password, tells them by mail, and ends what was mailed to choose another one. */
export async function setPassword(
	tx: Tx,
	app: Pick<App, 'sealer' | 'config'>,
	{ id, email, locale }: Pick<User, 'id' | 'email' | 'locale'>,
	passwordHash: string
): Promise<void> {
	await tx.user.update({ where: { id }, data: { passwordHash } });
	await tx.emailToken.deleteMany({ where: { userId: id, purpose: 'reset' } });
	await sendMail(tx, app, { to: email, userId: id, locale, kind: 'password_changed', params: {} });
}
