import type { Db, Group, Member, Tx } from '../db/client.ts';
import { notFound } from '../errors.ts';

/** Proof that somebody is in a group. Verbs take it instead of an id; only what loads it from who is asking can make one. */
export type Membership = Member & { userId: string; group: Group };

/** The membership of a person in a group. Errors: NOT_FOUND, alike for a group that is not there and one they are not in. */
export async function findMembership(db: Db | Tx, userId: string, groupId: string): Promise<Membership> {
	const member = await db.member.findFirst({
		where: { groupId, userId, removedAt: null },
		include: { group: true }
	});
	if (!member) throw notFound();
	return { ...member, userId };
}

/** The same for the group that an expense is in. */
export async function membershipByExpense(db: Db, userId: string, expenseId: string): Promise<Membership> {
	const expense = await db.expense.findUnique({ where: { id: expenseId }, select: { groupId: true } });
	if (!expense) throw notFound();
	return findMembership(db, userId, expense.groupId);
}

/** The same for the group that a settlement is in. */
export async function membershipBySettlement(
	db: Db,
	userId: string,
	settlementId: string
): Promise<Membership> {
	const settlement = await db.settlement.findUnique({
		where: { id: settlementId },
		select: { groupId: true }
	});
	if (!settlement) throw notFound();
	return findMembership(db, userId, settlement.groupId);
}

/** The same for the group that an invitation is into. */
export async function membershipByInvite(db: Db, userId: string, inviteId: string): Promise<Membership> {
	const invite = await db.groupInvite.findUnique({ where: { id: inviteId }, select: { groupId: true } });
	if (!invite) throw notFound();
	return findMembership(db, userId, invite.groupId);
}

/** The same for the group that a schedule makes expenses in. */
export async function membershipBySchedule(db: Db, userId: string, scheduleId: string): Promise<Membership> {
	const schedule = await db.expenseSchedule.findUnique({
		where: { id: scheduleId },
		select: { groupId: true }
	});
	if (!schedule) throw notFound();
	return findMembership(db, userId, schedule.groupId);
}
