import { mostMembers } from '#lib/groups/split.ts';
import type { Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';

/** Makes sure, inside the group's lock, that one more fits in: an expense can be split among so many. Error: INVALID (`group_full`). */
export async function requireRoom(tx: Tx, groupId: string): Promise<void> {
	const members = await tx.member.count({ where: { groupId, removedAt: null } });
	if (members >= mostMembers)
		throw new DomainError('INVALID', 'group_full', { params: { most: mostMembers } });
}
