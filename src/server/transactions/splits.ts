import type { Db } from '../db/client.ts';

export type SplitWith = { expenseId: string; groupId: string; group: string };

/** The expenses that transactions were split as, of groups that the person is in. By the transaction's id. */
export async function splitsOf(db: Db, userId: string, ids: string[]): Promise<Map<string, SplitWith>> {
	if (ids.length === 0) return new Map();
	const expenses = await db.expense.findMany({
		where: {
			transactionId: { in: ids },
			deletedAt: null,
			group: { members: { some: { userId, removedAt: null } } }
		},
		select: { id: true, transactionId: true, group: { select: { id: true, name: true } } },
		orderBy: { id: 'desc' }
	});
	return new Map(
		expenses.map(({ id, transactionId, group }) => [
			transactionId!,
			{ expenseId: id, groupId: group.id, group: group.name }
		])
	);
}
