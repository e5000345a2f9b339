import type { Tx } from '../db/client.ts';
import { notFound } from '../errors.ts';

/**
 * Begins a change of who may do what: one at a time, and only by somebody who still is an admin then. So two admins cannot
 * shut each other out at once, and one always remains. Errors: NOT_FOUND.
 */
export async function actAsAdmin(tx: Tx, adminId: string): Promise<void> {
	await tx.setup.updateMany({ data: { id: 1 } }); // the one row of its table: a lock on both databases
	const isAdmin = await tx.user.count({ where: { id: adminId, role: 'admin', disabledAt: null } });
	if (isAdmin === 0) throw notFound();
}
