import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { DomainError, notFound } from '../errors.ts';
import { lockGroup, recordChange } from '../groups/change.ts';
import type { Membership } from '../groups/membership.ts';
import { requireOwner } from '../groups/owners.ts';
import { nameOfJoiner } from './names.ts';
import { requireRoom } from './room.ts';

/**
 * Brings a former member back as a name without an account, with all of their history; an owner does. The account they had is
 * none of theirs any more, so that a link lets the right person claim the name. Where somebody has it already they get a number
 * behind it. A name without an account that is in the group stays as it is. Errors: NOT_FOUND, FORBIDDEN (`owner_only`),
 * CONFLICT (`group_archived`, `name_claimed`: they are in the group with their account), INVALID (`group_full`).
 */
export async function releaseMember(app: App, membership: Membership, memberId: string): Promise<void> {
	const { groupId } = membership;
	await inTx(app.db, async (tx) => {
		await lockGroup(tx, membership);
		await requireOwner(tx, membership);
		const member = await tx.member.findFirst({ where: { id: memberId, groupId } });
		if (!member) throw notFound();
		if (member.removedAt === null) {
			if (member.userId === null) return;
			throw new DomainError('CONFLICT', 'name_claimed', { params: { name: member.name } });
		}
		await requireRoom(tx, groupId);
		const name = await nameOfJoiner(tx, groupId, member.name);
		await tx.member.update({
			where: { id: memberId },
			data: { userId: null, removedAt: null, role: 'guest', name }
		});
		// Whose bank they were is no business of who claims the name next.
		await tx.settlement.updateMany({
			where: { groupId, fromId: memberId },
			data: { fromTransactionId: null }
		});
		await tx.settlement.updateMany({ where: { groupId, toId: memberId }, data: { toTransactionId: null } });
		await recordChange(tx, app, membership, {
			kind: 'member_released',
			subjectId: memberId,
			summary: { name }
		});
	});
}
