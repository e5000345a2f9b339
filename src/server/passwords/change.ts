import { z } from 'zod';
import { maxPasswordLength } from '#lib/password-limits.ts';
import { newPassword } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import type { SessionUser } from '../auth/identify.ts';
import { hashPassword, verifyPassword } from '../auth/password.ts';
import { inTx, type Session } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { endSessions } from '../sessions/end.ts';
import { rotateSession } from '../sessions/rotate.ts';
import type { NewSession } from '../sessions/start.ts';
import { setPassword } from './set.ts';
import { requireStrong } from './strength.ts';

export const passwordChange = z.object({
	current: z.string().max(maxPasswordLength),
	next: newPassword
});

/**
 * Changes the password of somebody who knows the one they have. Ends their other sessions and their API tokens, and gives this
 * session a new token.
 * Errors: INVALID with `fields` (`current`: `password_wrong`; `next`: what is wrong with it), RATE_LIMITED, CONFLICT when it
 * was changed elsewhere in the meantime.
 */
export async function changePassword(
	app: App,
	user: Pick<SessionUser, 'id'>,
	session: Session,
	{ current, next }: z.output<typeof passwordChange>
): Promise<NewSession> {
	const { db, limits } = app;
	const person = await db.user.findUniqueOrThrow({ where: { id: user.id } });
	await requireStrong(next, person, 'next');
	await limits.take('stepUp', person.id);
	if (!(await verifyPassword(person.passwordHash, current))) {
		throw new DomainError('INVALID', 'invalid', { fields: { current: 'password_wrong' } });
	}
	await limits.giveBack('stepUp', person.id);
	const passwordHash = await hashPassword(next);
	return inTx(db, async (tx) => {
		// Whoever changes it at the same time knows the old one as well; only one may have the last word.
		const { count } = await tx.user.updateMany({
			where: { id: person.id, passwordHash: person.passwordHash },
			data: { passwordHash }
		});
		if (count === 0) throw new DomainError('CONFLICT');
		await setPassword(tx, app, person, passwordHash);
		await endSessions(tx, app, { userId: person.id, except: session.id, tokens: true });
		return rotateSession(tx, app, session);
	});
}
