import { z } from 'zod';
import { secondFactor } from '#lib/schemas.ts';
import { maxPasswordLength } from '#lib/password-limits.ts';
import type { App } from '../app.ts';
import { inTx, type Session } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { useSecondFactor } from '../mfa/use.ts';
import { stepUpMs } from '../sessions/lifetime.ts';
import type { SessionUser } from './identify.ts';
import { verifyPassword } from './password.ts';

export const proof = z.object({
	password: z.string().max(maxPasswordLength).optional(),
	...secondFactor.shape
});

/**
 * Somebody signed in shows once more that it is them: by their second factor, or where they have none by their password.
 * For ten minutes they may then do what needs that. Errors: FORBIDDEN (`bad_code`, `bad_password`), RATE_LIMITED.
 */
export async function stepUp(
	app: App,
	user: SessionUser,
	session: Session,
	input: z.output<typeof proof>,
	now = new Date()
): Promise<{ until: string }> {
	const { db, limits } = app;
	const rule = user.hasMfa ? 'secondFactor' : 'stepUp';
	await limits.take(rule, user.id);
	if (!user.hasMfa) await checkPassword(app, user.id, input.password ?? '');
	await inTx(db, async (tx) => {
		if (user.hasMfa) await useSecondFactor(tx, app, user, input);
		await tx.session.updateMany({ where: { id: session.id }, data: { provedAt: now } });
	});
	await limits.giveBack(rule, user.id);
	return { until: provedUntil({ provedAt: now }) };
}

/** Until when what a session has shown counts. */
export const provedUntil = ({ provedAt }: Pick<Session, 'provedAt'>): string =>
	new Date(provedAt.getTime() + stepUpMs).toISOString();

async function checkPassword({ db }: App, id: string, password: string): Promise<void> {
	const { passwordHash } = await db.user.findUniqueOrThrow({ where: { id }, select: { passwordHash: true } });
	if (!(await verifyPassword(passwordHash, password))) throw new DomainError('FORBIDDEN', 'bad_password');
}
