import type { App } from '../app.ts';
import type { Caller } from '../auth/caller.ts';
import type { Tx, User } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { sendMail } from '../mail/send.ts';
import { lockPerson } from '../users/lock.ts';
import { noteDevice } from './device.ts';
import { startSession, type NewSession } from './start.ts';
import { deviceText, placeText } from './words.ts';

/** What was found true of somebody who signs in. */
export type Shown = Pick<User, 'id'> & {
	/** The second factor was asked for, or there is none. */
	hasMfa: boolean;
	/** The hash that the password fitted; left out where none was asked for. */
	passwordHash?: string;
};

/**
 * The session of a sign-in that is complete. Somebody who signs in from a device that is new to them is told by mail.
 * Errors: FORBIDDEN 401 (`bad_credentials`) when what was shown is no longer enough.
 */
export async function openSession(
	tx: Tx,
	app: App,
	shown: Shown,
	caller: Caller,
	now = new Date()
): Promise<NewSession> {
	const user = await stillTrue(tx, shown);
	const { isNew } = await noteDevice(tx, user.id, caller, now);
	if (isNew) {
		const { locale } = user;
		await sendMail(tx, app, {
			...{ to: user.email, userId: user.id, locale },
			kind: 'new_device',
			params: {
				device: deviceText(caller.userAgent, locale),
				place: placeText(caller.address, locale),
				at: now.toISOString()
			}
		});
	}
	return startSession(tx, user, caller, now);
}

/**
 * Looks again, with the person's row locked as `endSessions` locks it. Checking a password takes long enough for it to be reset
 * meanwhile; the session would be one that the reset has not ended.
 */
async function stillTrue(tx: Tx, { id, hasMfa, passwordHash }: Shown): Promise<User> {
	await lockPerson(tx, id);
	const user = await tx.user.findUnique({ where: { id }, include: { authenticator: true } });
	const same =
		user !== null &&
		!user.disabledAt &&
		(passwordHash === undefined || user.passwordHash === passwordHash) &&
		(hasMfa || !user.authenticator?.enabledAt);
	if (!same) throw new DomainError('FORBIDDEN', 'bad_credentials', { status: 401 });
	return user;
}
