import type { Prisma, Tx } from '../db/client.ts';
import { enqueue } from '../outbox.ts';

/** Whose spending: people's own, or what is spent in a group. */
export type Moved = { userIds: readonly string[] } | { groupId: string };

/**
 * Says, as part of the transaction, that spending has moved: the budgets over it are looked at right after. Where there are none,
 * nothing is promised.
 */
export async function spendingMoved(tx: Tx, moved: Moved): Promise<void> {
	if ('groupId' in moved) {
		if (await tx.budget.findFirst({ where: overGroup(moved.groupId), select: { id: true } })) {
			await enqueue(tx, 'budget-check', { groupId: moved.groupId });
		}
		return;
	}
	for (const userId of moved.userIds) {
		if (await tx.budget.findFirst({ where: overPerson(userId), select: { id: true } })) {
			await enqueue(tx, 'budget-check', { userId });
		}
	}
}

/** The budgets over what a person spends. */
export const overPerson = (userId: string): Prisma.BudgetWhereInput => ({
	userId,
	groupId: null,
	removedAt: null
});

/** The budgets over what is spent in a group: its own, and its members' that count only their share of it. */
export const overGroup = (groupId: string): Prisma.BudgetWhereInput => ({
	removedAt: null,
	OR: [
		{ groupId },
		{ groupId: null, ownShare: true, user: { memberships: { some: { groupId, removedAt: null } } } }
	]
});
