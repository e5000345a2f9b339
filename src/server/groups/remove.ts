import type { App } from '../app.ts';
import { spendingMoved } from '../budgets/spending-moved.ts';
import { inTx, type Member } from '../db/client.ts';
import { closeBudgets } from '../notifications/close-budgets.ts';
import { deleteReceipt } from '../receipts/files.ts';
import { lockGroup } from './change.ts';
import type { Membership } from './membership.ts';
import { requireOwner } from './owners.ts';

/**
 * Deletes a group for good, with all that is in it; an owner does. It is off its members' open pages when this resolves. Bank
 * transactions stay, and belong to nothing any more. Errors: NOT_FOUND, FORBIDDEN (`owner_only`).
 */
export async function removeGroup(app: App, membership: Membership): Promise<void> {
	const { groupId } = membership;
	const { userIds, receipts } = await inTx(app.db, async (tx) => {
		await lockGroup(tx, membership, { archived: true });
		await requireOwner(tx, membership);
		const members = await tx.member.findMany({ where: { groupId } });
		const receipts = await tx.expense.findMany({
			where: { groupId, receiptType: { not: null } },
			select: { id: true }
		});
		await tx.group.delete({ where: { id: groupId } });
		await closeBudgets(tx, userIdsOf(members), { groupId }, new Date());
		// What was split with it is all one's own now, also of whoever had left.
		await spendingMoved(tx, { userIds: userIdsOf(members) });
		return { userIds: userIdsOf(members.filter(({ removedAt }) => removedAt === null)), receipts };
	});
	await Promise.all(userIds.map((userId) => app.live.leaveGroup(userId, groupId, { deleted: true })));
	// Should the process die here, the night finds files that belong to nothing.
	for (const { id } of receipts) await deleteReceipt(app.config, id);
}

const userIdsOf = (members: readonly Member[]): string[] => members.flatMap(({ userId }) => userId ?? []);
