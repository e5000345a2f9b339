import type { App } from '../app.ts';
import type { Caller } from '../auth/caller.ts';
import type { SessionUser } from '../auth/identify.ts';
import type { Tx } from '../db/client.ts';
import { sendMail } from '../mail/send.ts';
import { noteDevice } from './device.ts';
import { deviceText, placeText } from './words.ts';
import { startSession, type NewSession } from './start.ts';

/** The session of a sign-in that is complete. Somebody who signs in from a device that is new to them is told by mail. */
export async function openSession(
	tx: Tx,
	app: App,
	user: SessionUser,
	caller: Caller,
	now = new Date()
): Promise<NewSession> {
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
