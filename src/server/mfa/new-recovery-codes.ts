import type { App } from '../app.ts';
import type { SessionUser } from '../auth/identify.ts';
import { inTx, type Session } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { sendMail } from '../mail/send.ts';
import { requireSession } from '../sessions/require.ts';
import { replaceRecoveryCodes } from './recovery-codes.ts';

/** Ten new recovery codes instead of those there are; shown this once, and told by mail. Errors: CONFLICT (`mfa_off`). */
export async function newRecoveryCodes(
	app: App,
	user: SessionUser,
	session: Session
): Promise<{ recoveryCodes: string[] }> {
	if (!user.hasMfa) throw new DomainError('CONFLICT', 'mfa_off');
	const recoveryCodes = await inTx(app.db, async (tx) => {
		// The codes first, then the person's row: in the order that a sign-in with a code takes them, so neither waits for the other.
		const codes = await replaceRecoveryCodes(tx, user.id);
		await requireSession(tx, session);
		await sendMail(tx, app, {
			...{ to: user.email, userId: user.id, locale: user.locale },
			kind: 'recovery_new',
			params: {}
		});
		return codes;
	});
	return { recoveryCodes };
}
