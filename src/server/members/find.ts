import type { Member, Tx } from '../db/client.ts';
import { notFound } from '../errors.ts';
import type { Membership } from '../groups/membership.ts';

/** Somebody who is in the same group now. Errors: NOT_FOUND. */
export async function fellowMember(tx: Tx, { groupId }: Membership, id: string): Promise<Member> {
	const member = await tx.member.findFirst({ where: { id, groupId, removedAt: null } });
	if (!member) throw notFound();
	return member;
}
