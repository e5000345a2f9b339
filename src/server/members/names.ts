/** That nobody in a group is called like somebody else in it. Called inside the group's lock, where it stays so. */
import { freeName, nameKey } from '#lib/groups/member-names.ts';
import type { Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';

/** The names of those who are in the group now, without one of them. */
async function namesIn(tx: Tx, groupId: string, butId?: string): Promise<string[]> {
	const members = await tx.member.findMany({
		where: { groupId, removedAt: null, ...(butId !== undefined && { NOT: { id: butId } }) },
		select: { name: true }
	});
	return members.map(({ name }) => name);
}

/** Makes sure that a name is nobody's (else's) yet. Error: CONFLICT (`name_taken`). */
export async function requireFreeName(tx: Tx, groupId: string, name: string, ownId?: string): Promise<void> {
	const taken = await namesIn(tx, groupId, ownId);
	const other = taken.find((one) => nameKey(one) === nameKey(name));
	if (other !== undefined) throw new DomainError('CONFLICT', 'name_taken', { params: { name: other } });
}

/** What somebody is called who comes in by a link: their name, with a number where somebody has it already. */
export const nameOfJoiner = async (tx: Tx, groupId: string, name: string): Promise<string> =>
	freeName(name, await namesIn(tx, groupId));
