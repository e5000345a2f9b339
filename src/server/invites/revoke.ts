import type { Db } from '../db/client.ts';
import { notFound } from '../errors.ts';

/** Takes an invitation back that nobody has used. Errors: NOT_FOUND. */
export async function revokeInvite(db: Db, id: string): Promise<void> {
	const { count } = await db.invite.deleteMany({ where: { id, usedById: null } });
	if (count === 0) throw notFound();
}
