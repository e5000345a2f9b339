import { z } from 'zod';
import { newPassword } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { networkOf, type Caller } from '../auth/caller.ts';
import { useEmailToken } from '../auth/email-token.ts';
import { hashPassword } from '../auth/password.ts';
import { hashToken } from '../auth/token.ts';
import { inTx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { endSessions } from '../sessions/end.ts';
import { setPassword } from './set.ts';
import { requireStrong } from './strength.ts';

export const passwordReset = z.object({ token: z.string().max(100), password: newPassword });

/**
 * Sets a new password with the token of a mailed link, which is used up. Every session and API token of the person ends;
 * their second factor stays, so this alone signs nobody in. Errors: INVALID (`link_invalid`, or `fields` when the password
 * is weak: then the link still works), RATE_LIMITED.
 */
export async function resetPassword(
	app: App,
	{ token, password }: z.output<typeof passwordReset>,
	caller: Caller
): Promise<{ ok: true }> {
	const { db, limits } = app;
	const from = networkOf(caller.address);
	await limits.take('code', from);
	const found = await db.emailToken.findUnique({
		where: { tokenHash: hashToken(token), purpose: 'reset', expiresAt: { gt: new Date() } },
		include: { user: { omit: { passwordHash: true } } }
	});
	if (!found || found.user.disabledAt) throw linkInvalid();
	await limits.giveBack('code', from);
	const { user } = found;
	await requireStrong(password, user);
	const passwordHash = await hashPassword(password);
	await inTx(db, async (tx) => {
		if (!(await useEmailToken(tx, token, 'reset', user.id))) throw linkInvalid();
		await setPassword(tx, app, user, passwordHash);
		await endSessions(tx, app, { userId: user.id, tokens: true });
		// Whoever opened the link reads what is sent to this address.
		await tx.user.updateMany({
			where: { id: user.id, emailVerifiedAt: null },
			data: { emailVerifiedAt: new Date() }
		});
	});
	return { ok: true };
}

const linkInvalid = (): DomainError => new DomainError('INVALID', 'link_invalid');
