import { isDeepStrictEqual } from 'node:util';
import type { ActivityChanges } from '#lib/groups/activity.ts';
import type { ExpenseFields } from '#lib/groups/expense.ts';
import type { Tx } from '../db/client.ts';
import type { Membership } from '../groups/membership.ts';
import { setSchedule } from './set.ts';

/**
 * What an update of an expense does to its coming again: nothing when it says nothing of it, or the same; null ends it;
 * otherwise later ones are made from the expense as it is now.
 */
export async function scheduleChange(
	tx: Tx,
	membership: Membership,
	{ scheduleId }: { scheduleId: string | null },
	{ schedule: wanted, ...fields }: ExpenseFields
): Promise<{ scheduleId: string | null; changes: ActivityChanges } | null> {
	if (wanted === undefined) return null;
	const found = scheduleId
		? await tx.expenseSchedule.findFirst({ where: { id: scheduleId, groupId: membership.groupId } })
		: null;
	const before = found && !found.endedAt ? { cadence: found.cadence, lastDate: found.lastDate } : null;
	if (wanted === null) {
		if (!found || !before) return null;
		await tx.expenseSchedule.update({ where: { id: found.id }, data: { endedAt: new Date() } });
		return { scheduleId, changes: { schedule: [before, null] } };
	}
	const after = { cadence: wanted.cadence, lastDate: wanted.lastDate ?? null };
	const id = await setSchedule(tx, membership, found?.id ?? null, { ...fields, schedule: wanted });
	const now = await tx.expenseSchedule.findUniqueOrThrow({ where: { id } });
	const isSame = isDeepStrictEqual({ ...now, nextDate: null }, { ...found, nextDate: null });
	return { scheduleId: id, changes: isSame ? {} : { schedule: [before, after] } };
}
