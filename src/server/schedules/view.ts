import type { Cadence } from '#lib/groups/schedule.ts';
import type { Db, ExpenseSchedule } from '../db/client.ts';
import type { Template } from './template.ts';

export type ScheduleView = {
	id: string;
	groupId: string;
	cadence: Cadence;
	firstDate: string;
	/** When the next one is made; null when it has ended. */
	nextDate: string | null;
	/** None is made after it. */
	lastDate: string | null;
	description: string;
	/** In minor units. */
	amount: number;
	currency: string;
	/** The member in whose name they are made. */
	createdBy: string;
	endedAt: Date | null;
	/** Why it has stopped by itself before its last date: names the message `error_<reason>`, which `params` fill. */
	stopped: Stopped | null;
};

export type Stopped = { reason: string; params: Record<string, string | number> };

/** A schedule as the API shows it. */
export function scheduleView(row: ExpenseSchedule, stopped: Stopped | null): ScheduleView {
	const { description, amount, currency } = row.template as Template;
	return {
		id: row.id,
		groupId: row.groupId,
		cadence: row.cadence as Cadence,
		firstDate: row.firstDate,
		nextDate: row.endedAt ? null : row.nextDate,
		lastDate: row.lastDate,
		description,
		amount,
		currency,
		createdBy: row.createdById,
		endedAt: row.endedAt,
		stopped: row.endedAt ? stopped : null
	};
}

/** Why schedules have stopped, by their ids, from the group's log: the last word on each. */
export async function stoppedSchedules(
	db: Db,
	groupId: string,
	ids: readonly string[]
): Promise<Map<string, Stopped>> {
	if (ids.length === 0) return new Map();
	const lines = await db.activity.findMany({
		where: { groupId, kind: 'schedule_ended', subjectId: { in: [...ids] } },
		orderBy: { revision: 'asc' },
		select: { subjectId: true, changes: true }
	});
	const stopped = new Map<string, Stopped>();
	for (const { subjectId, changes } of lines) {
		const told = (changes as { stopped?: [null, Stopped] } | null)?.stopped?.[1];
		if (told) stopped.set(subjectId!, told);
		else stopped.delete(subjectId!);
	}
	return stopped;
}
