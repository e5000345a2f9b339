import { z } from 'zod';
import type { App } from '../app.ts';
import type { SessionUser } from '../auth/identify.ts';
import { inTx, type Session } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { sendMail } from '../mail/send.ts';
import { endSessions } from '../sessions/end.ts';
import { rotateSession } from '../sessions/rotate.ts';
import { replaceRecoveryCodes } from './recovery-codes.ts';
import { stepOf } from './totp.ts';
import { badCode, totpPlace } from './use.ts';

export const confirmation = z.object({ otp: z.string().max(20) });

/**
 * Turns the second factor on, or moves it to another app: the code shows that the app has the secret, and is used up by it.
 * Every session and API token ends; the session at hand goes on with the new token. The recovery codes are shown this once.
 * Errors: CONFLICT (`mfa_not_begun`), FORBIDDEN 401 (`bad_code`), RATE_LIMITED.
 */
export async function confirmMfa(
	app: App,
	user: SessionUser,
	session: Session,
	{ otp }: z.output<typeof confirmation>,
	now = new Date()
): Promise<{ recoveryCodes: string[]; token: string }> {
	const { db, sealer, limits } = app;
	const { pending } = (await db.authenticator.findUnique({ where: { userId: user.id } })) ?? {};
	if (!pending) throw new DomainError('CONFLICT', 'mfa_not_begun');
	await limits.take('secondFactor', user.id);
	const step = stepOf(sealer.open(pending, totpPlace(user.id)), otp, now);
	if (step === null) throw badCode();
	const confirmed = await inTx(db, async (tx) => {
		const { count } = await tx.authenticator.updateMany({
			where: { userId: user.id, pending },
			data: { secret: pending, pending: null, lastStep: step, enabledAt: now }
		});
		if (count === 0) throw badCode(); // confirmed by another call with the same code
		const recoveryCodes = await replaceRecoveryCodes(tx, user.id);
		await endSessions(tx, app, { userId: user.id, except: session.id, tokens: true });
		const { token } = await rotateSession(tx, app, session, now);
		await sendMail(tx, app, {
			...{ to: user.email, userId: user.id, locale: user.locale },
			kind: 'mfa_on',
			params: {}
		});
		return { recoveryCodes, token };
	});
	await limits.giveBack('secondFactor', user.id);
	return confirmed;
}
