import type { Side } from '#lib/groups/speaking.ts';
import type { Member, Settlement } from '../db/client.ts';

/** A member as one side of a payment. */
export const sideOf = ({ id, userId, removedAt }: Pick<Member, 'id' | 'userId' | 'removedAt'>): Side => ({
	memberId: id,
	hasAccount: userId !== null,
	removed: removedAt !== null
});

/**
 * Where a settlement keeps the bank transaction of a member. Each side has one of its own, on an account of its own; null for
 * whoever is neither.
 */
export function ownLink(
	{ id }: Pick<Member, 'id'>,
	{ fromId, toId }: Pick<Settlement, 'fromId' | 'toId'>
): 'fromTransactionId' | 'toTransactionId' | null {
	if (id === fromId) return 'fromTransactionId';
	return id === toId ? 'toTransactionId' : null;
}
