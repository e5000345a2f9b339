import type { Member } from '../db/client.ts';
import type { Membership } from '../groups/membership.ts';

/**
 * Whether somebody may speak for a member in money that goes from one to another: they are that member, or nobody else is,
 * because it is a name without an account, or somebody who has left.
 */
export const standsFor = (
	me: Pick<Membership, 'id'>,
	member: Pick<Member, 'id' | 'userId' | 'removedAt'>
): boolean => member.id === me.id || member.userId === null || member.removedAt !== null;
