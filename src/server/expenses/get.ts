import type { Transfer } from '#lib/groups/debts.ts';
import type { Db } from '../db/client.ts';
import type { Membership } from '../groups/membership.ts';
import { scheduleView, stoppedSchedules, type ScheduleView } from '../schedules/view.ts';
import { settlementView, type SettlementView } from '../settlements/view.ts';
import { findExpense } from './find.ts';
import { debtsOf, expenseView, type ExpenseView } from './view.ts';

export type CommentView = { id: string; memberId: string; text: string; createdAt: Date };

export type ExpenseDetails = ExpenseView & {
	/** Oldest first. */
	comments: CommentView[];
	/** What was paid for shares of it: also what is disputed, and what pays no share of it any more since it was changed. */
	settlements: SettlementView[];
	/** Who has still to pay whom for it, in minor units of `settleCurrency`. */
	debts: Transfer[];
	schedule: ScheduleView | null;
};

/** An expense with all that belongs to it. Error: NOT_FOUND. */
export async function getExpense(db: Db, membership: Membership, id: string): Promise<ExpenseDetails> {
	const row = await findExpense(db, membership, id);
	const [comments, settlements, schedule] = await Promise.all([
		db.comment.findMany({
			where: { expenseId: id },
			orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
			select: { id: true, memberId: true, text: true, createdAt: true }
		}),
		db.settlement.findMany({
			where: { expenseId: id, deletedAt: null },
			orderBy: [{ createdAt: 'asc' }, { id: 'asc' }]
		}),
		row.scheduleId ? db.expenseSchedule.findUnique({ where: { id: row.scheduleId } }) : null
	]);
	const ended = schedule?.endedAt ? [schedule.id] : [];
	const stopped = await stoppedSchedules(db, membership.groupId, ended);
	return {
		...expenseView(row, membership),
		comments,
		settlements: settlements.map((settlement) => settlementView(settlement, membership)),
		debts: debtsOf(row),
		schedule: schedule && scheduleView(schedule, stopped.get(schedule.id) ?? null)
	};
}
