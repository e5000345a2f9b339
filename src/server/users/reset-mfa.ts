import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { DomainError, notFound } from '../errors.ts';
import { sendMail } from '../mail/send.ts';
import { forgetMfa } from '../mfa/forget.ts';
import { endSessions } from '../sessions/end.ts';

/**
 * For somebody who has lost both phone and recovery codes: takes their second factor away, ends what is signed in, and tells
 * them by mail. Errors: NOT_FOUND, CONFLICT (`own_account`).
 */
export async function resetMfa(app: App, adminId: string, userId: string): Promise<void> {
	if (userId === adminId) throw new DomainError('CONFLICT', 'own_account');
	await inTx(app.db, async (tx) => {
		const user = await tx.user.findUnique({ where: { id: userId } });
		if (!user) throw notFound();
		await forgetMfa(tx, userId);
		await endSessions(tx, app, { userId, tokens: true });
		await sendMail(tx, app, {
			...{ to: user.email, userId, locale: user.locale },
			kind: 'mfa_reset',
			params: {}
		});
	});
}
