import { isDeepStrictEqual } from 'node:util';
import type { ActivityChanges } from '#lib/groups/activity.ts';
import type { ExpenseFields } from '#lib/groups/expense.ts';
import type { ExpenseSchedule, Tx } from '../db/client.ts';
import type { Membership } from '../groups/membership.ts';
import { setSchedule, templateOf } from './set.ts';

type Of = { scheduleId: string | null };

/** Whether what an update says of an expense coming again is so already; when it says nothing of it, it is. */
export const isScheduledSo = async (
	tx: Tx,
	membership: Membership,
	expense: Of,
	fields: ExpenseFields
): Promise<boolean> =>
	fields.schedule === undefined || isSo(await scheduleOf(tx, membership, expense), fields);

/**
 * What an update of an expense does to its coming again: nothing when it says nothing of it, or the same; null ends it;
 * otherwise later ones are made from the expense as it is now.
 */
export async function scheduleChange(
	tx: Tx,
	membership: Membership,
	expense: Of,
	fields: ExpenseFields
): Promise<{ scheduleId: string | null; changes: ActivityChanges } | null> {
	const { schedule: wanted, ...rest } = fields;
	if (wanted === undefined) return null;
	const found = await scheduleOf(tx, membership, expense);
	if (isSo(found, fields)) return null;
	const before = found && !found.endedAt ? { cadence: found.cadence, lastDate: found.lastDate } : null;
	if (wanted === null) {
		await tx.expenseSchedule.update({ where: { id: found!.id }, data: { endedAt: new Date() } });
		return { scheduleId: found!.id, changes: { schedule: [before, null] } };
	}
	const scheduleId = await setSchedule(tx, membership, found?.id ?? null, { ...rest, schedule: wanted });
	const after = { cadence: wanted.cadence, lastDate: wanted.lastDate ?? null };
	return { scheduleId, changes: { schedule: [before, after] } };
}

const scheduleOf = async (
	tx: Tx,
	{ groupId }: Membership,
	{ scheduleId }: Of
): Promise<ExpenseSchedule | null> =>
	scheduleId === null ? null : tx.expenseSchedule.findFirst({ where: { id: scheduleId, groupId } });

/** Whether a schedule is what is wanted of it, however far it has come. */
function isSo(found: ExpenseSchedule | null, { schedule, ...fields }: ExpenseFields): boolean {
	if (!schedule) return !found || found.endedAt !== null;
	if (!found) return false;
	const { cadence, firstDate, lastDate, template, endedAt } = found;
	const wanted = {
		cadence: schedule.cadence,
		firstDate: fields.date,
		lastDate: schedule.lastDate ?? null,
		template: templateOf(fields),
		endedAt: null
	};
	// As the database gives it back.
	const stored: unknown = JSON.parse(JSON.stringify(wanted));
	return isDeepStrictEqual({ cadence, firstDate, lastDate, template, endedAt }, stored);
}
