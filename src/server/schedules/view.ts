import type { Cadence } from '#lib/groups/schedule.ts';
import type { ExpenseSchedule } from '../db/client.ts';
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
};

/** A schedule as the API shows it. */
export function scheduleView(row: ExpenseSchedule): ScheduleView {
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
		endedAt: row.endedAt
	};
}
