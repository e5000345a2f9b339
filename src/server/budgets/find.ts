import type { Db, Prisma, Tx } from '../db/client.ts';
import { notFound } from '../errors.ts';
import { findMembership, type Membership } from '../groups/membership.ts';
import { termsOf, withZone, type BudgetTerms } from './budget.ts';

/**
 * Proof that somebody may see a budget and change it: it is their own, or that of a group which they are in. Verbs take it
 * instead of an id. One that was removed has `removedAt`.
 */
export type HeldBudget = BudgetTerms & { membership: Membership | null };

/** Who a new budget is for: a person or, with a membership, the group. */
export type Holder = { userId: string; timeZone: string; membership: Membership | null };

/** A budget found through who is asking. Error: NOT_FOUND, alike for one that is not there and somebody else's. */
export async function findBudget(db: Db, userId: string, id: string): Promise<HeldBudget> {
	const row = await db.budget.findUnique({ where: { id }, include: withZone });
	if (!row || (row.groupId === null && row.userId !== userId)) throw notFound();
	const membership = row.groupId === null ? null : await findMembership(db, userId, row.groupId);
	return { ...termsOf(row), membership };
}

/** The budgets of somebody, and of the groups they are in. */
export const heldBy = (userId: string): Prisma.BudgetWhereInput => ({
	OR: [{ userId, groupId: null }, { group: { members: { some: { userId, removedAt: null } } } }]
});

/** A budget as it is now. */
export const readTerms = async (tx: Tx, id: string): Promise<BudgetTerms> =>
	termsOf(await tx.budget.findUniqueOrThrow({ where: { id }, include: withZone }));

/** Whom a budget is of: its owner or, of a group's, all members who have an account that is not disabled. */
export async function holdersOf(
	tx: Tx,
	{ userId, groupId }: Pick<BudgetTerms, 'userId' | 'groupId'>
): Promise<string[]> {
	if (groupId === null) return [userId];
	const members = await tx.member.findMany({
		where: { groupId, removedAt: null, user: { disabledAt: null } },
		select: { userId: true },
		orderBy: { id: 'asc' }
	});
	return members.flatMap((member) => member.userId ?? []);
}
