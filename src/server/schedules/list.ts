import type { Db } from '../db/client.ts';
import type { Membership } from '../groups/membership.ts';
import { scheduleView, stoppedSchedules, type ScheduleView } from './view.ts';

/** What comes again in a group: those that go on by their next date, then those that have ended, the last one first. */
export async function listSchedules(db: Db, { groupId }: Membership): Promise<ScheduleView[]> {
	const rows = await db.expenseSchedule.findMany({
		where: { groupId },
		orderBy: [{ endedAt: { sort: 'desc', nulls: 'first' } }, { nextDate: 'asc' }, { id: 'asc' }]
	});
	const ended = rows.filter(({ endedAt }) => endedAt !== null).map(({ id }) => id);
	const stopped = await stoppedSchedules(db, groupId, ended);
	return rows.map((row) => scheduleView(row, stopped.get(row.id) ?? null));
}
