import type { App } from '../app.ts';
import type { SessionUser } from '../auth/identify.ts';
import { inTx, type Session } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { sendMail } from '../mail/send.ts';
import { endSessions } from '../sessions/end.ts';
import { rotateSession } from '../sessions/rotate.ts';
import { isMfaRequired } from '../settings/mfa-required.ts';
import { forgetMfa } from './forget.ts';

/** Turns the second factor off. Errors: FORBIDDEN (`mfa_needed`) for admins, and for all where everybody must have one. */
export async function disableMfa(app: App, user: SessionUser, session: Session): Promise<{ token: string }> {
	if (user.role === 'admin' || (await isMfaRequired(app.db)))
		throw new DomainError('FORBIDDEN', 'mfa_needed');
	return inTx(app.db, async (tx) => {
		await forgetMfa(tx, user.id);
		await endSessions(tx, app, { userId: user.id, except: session.id, tokens: true });
		await sendMail(tx, app, {
			...{ to: user.email, userId: user.id, locale: user.locale },
			kind: 'mfa_off',
			params: {}
		});
		return rotateSession(tx, app, session);
	});
}
