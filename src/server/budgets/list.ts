import type { Db, Prisma } from '../db/client.ts';
import type { Membership } from '../groups/membership.ts';
import { termsOf, withZone } from './budget.ts';
import { heldBy } from './find.ts';
import { withStatus, type BudgetWithStatus } from './view.ts';

/** A person's budgets and those of their groups, in the order they were made, with how each stands (`now`, or then). */
export const listBudgets = (db: Db, userId: string, now?: Date): Promise<BudgetWithStatus[]> =>
	list(db, userId, heldBy(userId), now);

/** The budgets of a group, the same way. */
export const listGroupBudgets = (db: Db, { userId, groupId }: Membership): Promise<BudgetWithStatus[]> =>
	list(db, userId, { groupId });

async function list(
	db: Db,
	userId: string,
	which: Prisma.BudgetWhereInput,
	now?: Date
): Promise<BudgetWithStatus[]> {
	const rows = await db.budget.findMany({
		where: { ...which, removedAt: null },
		include: withZone,
		orderBy: [{ createdAt: 'asc' }, { id: 'asc' }]
	});
	return withStatus(db, userId, rows.map(termsOf), now);
}
