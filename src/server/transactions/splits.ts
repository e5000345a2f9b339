import type { Db } from '../db/client.ts';

export type SplitWith = { expenseId: string; groupId: string; group: string };

// A query takes 999 values with SQLite, and Prisma cannot divide one that also looks at other tables.
const mostAtOnce = 500;

/** The expenses that transactions were split as, of groups that the person is in. By the transaction's id. */
export async function splitsOf(db: Db, userId: string, ids: string[]): Promise<Map<string, SplitWith>> {
	const splits = new Map<string, SplitWith>();
	for (let from = 0; from < ids.length; from += mostAtOnce) {
		const expenses = await db.expense.findMany({
			where: {
				transactionId: { in: ids.slice(from, from + mostAtOnce) },
				deletedAt: null,
				group: { members: { some: { userId, removedAt: null } } }
			},
			select: { id: true, transactionId: true, group: { select: { id: true, name: true } } },
			orderBy: { id: 'desc' }
		});
		for (const { id, transactionId, group } of expenses) {
			splits.set(transactionId!, { expenseId: id, groupId: group.id, group: group.name });
		}
	}
	return splits;
}
