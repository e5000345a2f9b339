import type { Db } from '../db/client.ts';
import { coveredUntil } from './covered-until.ts';
import { recurringView, type RecurringView } from './view.ts';

/** A person's recurring payments, the next one due first; those they dismissed only when asked for. */
export async function listRecurring(
	db: Db,
	userId: string,
	{ dismissed }: { dismissed: boolean }
): Promise<RecurringView[]> {
	const rows = await db.recurring.findMany({
		where: { userId, status: dismissed ? 'dismissed' : { not: 'dismissed' } },
		orderBy: [{ ended: 'asc' }, { nextDate: 'asc' }, { id: 'asc' }]
	});
	const known = new Map<string, string>();
	for (const id of new Set(rows.map((row) => row.accountId))) known.set(id, await coveredUntil(db, id));
	return rows.map((row) => recurringView(row, known.get(row.accountId) ?? row.lastDate));
}
