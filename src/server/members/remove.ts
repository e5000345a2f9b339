import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { lockGroup } from '../groups/change.ts';
import type { Membership } from '../groups/membership.ts';
import { requireAnotherOwner, requireOwner } from '../groups/owners.ts';
import { fellowMember } from './find.ts';
import { takeOut } from './take-out.ts';

/**
 * Takes somebody out of the group; an owner does. It is done on their open pages too when this resolves. Links into the group
 * that they may know open nothing any more. Returns what they still are ahead or behind, in minor units, and how many links
 * that was. Errors: NOT_FOUND, FORBIDDEN (`owner_only`), CONFLICT (`last_owner`).
 */
export async function removeMember(
	app: App,
	membership: Membership,
	memberId: string,
	now = new Date()
): Promise<{ balances: { currency: string; amount: number }[]; revoked: number }> {
	const { tell, balances, revoked } = await inTx(app.db, async (tx) => {
		await lockGroup(tx, membership, { archived: true });
		await requireOwner(tx, membership);
		const member = await fellowMember(tx, membership, memberId);
		if (member.role === 'owner') await requireAnotherOwner(tx, member);
		const { groupId, userId } = member;
		const { count: revoked } =
			userId === null ? { count: 0 } : await tx.groupInvite.deleteMany({ where: { groupId } });
		return { ...(await takeOut(tx, app, membership, member, 'member_removed', now)), revoked };
	});
	await tell();
	return { balances, revoked };
}
