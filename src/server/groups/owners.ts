/** What owners alone may do, and that there is always one. Called inside the group's lock, where it stays true. */
import type { Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import type { Membership } from './membership.ts';

/** Lets an owner pass. The membership was read before the lock, so their role is read again. Error: FORBIDDEN (`owner_only`). */
export async function requireOwner(tx: Tx, { id, groupId }: Membership): Promise<void> {
	const isOwner = await tx.member.count({ where: { id, groupId, role: 'owner', removedAt: null } });
	if (isOwner === 0) throw new DomainError('FORBIDDEN', 'owner_only');
}

/** Makes sure that somebody else owns the group when this member does not any more. Error: CONFLICT (`last_owner`). */
export async function requireAnotherOwner(
	tx: Tx,
	{ id, groupId }: { id: string; groupId: string }
): Promise<void> {
	const others = await tx.member.count({
		where: { groupId, role: 'owner', removedAt: null, NOT: { id } }
	});
	if (others === 0) throw new DomainError('CONFLICT', 'last_owner');
}
