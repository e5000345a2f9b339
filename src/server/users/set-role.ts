import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { DomainError, notFound } from '../errors.ts';
import { endSessions } from '../sessions/end.ts';
import { actAsAdmin } from './act-as-admin.ts';

export const roleChange = z.object({ id, role: z.enum(['admin', 'member']) });

/**
 * Makes somebody an admin, or no longer one. They sign in anew: an admin's session is shorter. An admin cannot change their
 * own role, so one always remains. Errors: NOT_FOUND, CONFLICT (`own_account`).
 */
export async function setRole(app: App, adminId: string, input: z.output<typeof roleChange>): Promise<void> {
	if (input.id === adminId) throw new DomainError('CONFLICT', 'own_account');
	await inTx(app.db, async (tx) => {
		await actAsAdmin(tx, adminId);
		const { count } = await tx.user.updateMany({ where: { id: input.id }, data: { role: input.role } });
		if (count === 0) throw notFound();
		await endSessions(tx, app, { userId: input.id, tokens: true });
	});
}
