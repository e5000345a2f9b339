/** A group of the owner's, with one of everything that can be in one. */
import { v7 } from 'uuid';
import type { Db } from '#server/db/client.ts';
import type { Api } from '../api.ts';

export type GroupThings = {
	groupId: string;
	/** The owner's own member. */
	me: string;
	/** A name without an account. */
	guest: string;
	/** Of 30.00 EUR that the owner paid; the guest owes half of it. It comes again every month. */
	expense: string;
	schedule: string;
	settlement: string;
	budget: string;
	invite: string;
	code: string;
};

export async function makeGroupThings(api: Api): Promise<GroupThings> {
	const { id: groupId, me: mine } = await api.groups.create.mutate({ name: 'The flat', currency: 'EUR' });
	const me = mine.memberId;
	const added = await api.members.add.mutate({ groupId, id: v7(), name: 'Cleo' });
	if (added.status !== 'added') throw new Error('a name was to be added');
	const guest = added.memberId;
	const expense = await api.expenses.create.mutate(dinner({ groupId, me, guest }));
	const settlement = await api.settlements.create.mutate({
		...{ groupId, from: guest, to: me, currency: 'EUR', amount: 100 }
	});
	const budget = await api.budgets.create.mutate({
		...{ groupId, name: 'Eating together', currency: 'EUR', amount: 50_000, period: 'monthly' }
	});
	const invite = await api.invites.create.mutate({ groupId });
	return {
		...{ groupId, me, guest, expense: expense.id, schedule: expense.scheduleId ?? '' },
		...{ settlement: settlement.id, budget: budget.id, invite: invite.id, code: invite.code }
	};
}

/** A valid expense of that group. */
export const dinner = ({ groupId, me, guest }: Pick<GroupThings, 'groupId' | 'me' | 'guest'>) => ({
	groupId,
	description: 'Dinner',
	date: '2099-01-01',
	currency: 'EUR',
	amount: 3000,
	payers: [{ memberId: me, amount: 3000 }],
	split: { mode: 'equal' as const, members: [{ memberId: me }, { memberId: guest }] },
	schedule: { cadence: 'monthly' as const }
});

/** Somebody who was in the group, and is not any more. */
export const addFormerMember = (db: Db, groupId: string, userId: string) =>
	db.member.create({ data: { id: v7(), groupId, userId, name: 'Former', removedAt: new Date() } });

/** Every row of the groups that somebody is in. */
export async function groupRowsOf(db: Db, userId: string): Promise<Record<string, unknown[]>> {
	const mine = await db.member.findMany({ where: { userId }, select: { groupId: true } });
	const groupId = { in: mine.map((member) => member.groupId) };
	const where = { where: { groupId }, orderBy: { id: 'asc' } } as const;
	return {
		groups: await db.group.findMany({ where: { id: groupId }, orderBy: { id: 'asc' } }),
		members: await db.member.findMany(where),
		groupInvites: await db.groupInvite.findMany(where),
		expenses: await db.expense.findMany(where),
		parts: await db.expensePart.findMany({
			where: { groupId },
			orderBy: [{ expenseId: 'asc' }, { memberId: 'asc' }]
		}),
		comments: await db.comment.findMany({ where: { expense: { groupId } }, orderBy: { id: 'asc' } }),
		settlements: await db.settlement.findMany(where),
		schedules: await db.expenseSchedule.findMany(where),
		groupBudgets: await db.budget.findMany({ ...where, omit: { checkedFor: true } }),
		activity: await db.activity.findMany(where)
	};
}
