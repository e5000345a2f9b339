import { today } from '#lib/i18n.ts';
import type { Db } from '../db/client.ts';
import { recurringView, type RecurringView } from './view.ts';

/** A person's recurring payments, the next one due first; those they dismissed only when asked for. */
export async function listRecurring(
	db: Db,
	{ id: userId, timeZone }: { id: string; timeZone: string },
	{ dismissed }: { dismissed: boolean }
): Promise<RecurringView[]> {
	const rows = await db.recurring.findMany({
		where: { userId, status: dismissed ? 'dismissed' : { not: 'dismissed' } },
		orderBy: [{ ended: 'asc' }, { nextDate: 'asc' }, { id: 'asc' }]
	});
	const now = today(timeZone);
	return rows.map((row) => recurringView(row, now));
}
