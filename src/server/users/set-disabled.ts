import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { DomainError, notFound } from '../errors.ts';
import { endSessions } from '../sessions/end.ts';
import { actAsAdmin } from './act-as-admin.ts';

export const disabling = z.object({ id, disabled: z.boolean() });

/**
 * Shuts somebody out, or lets them in again. Their data stays; sessions, API tokens and sockets end at once.
 * Errors: NOT_FOUND, CONFLICT (`own_account`).
 */
export async function setDisabled(
	app: App,
	adminId: string,
	input: z.output<typeof disabling>
): Promise<void> {
	if (input.id === adminId) throw new DomainError('CONFLICT', 'own_account');
	await inTx(app.db, async (tx) => {
		await actAsAdmin(tx, adminId);
		const { count } = await tx.user.updateMany({
			where: { id: input.id },
			data: { disabledAt: input.disabled ? new Date() : null }
		});
		if (count === 0) throw notFound();
		if (input.disabled) await endSessions(tx, app, { userId: input.id, tokens: true });
	});
}
