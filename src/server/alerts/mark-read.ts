import type { Db } from '../db/client.ts';
import { countUnreadAlerts } from './list.ts';

/** Marks a person's alerts as looked at: those named, or all. Returns how many are still unread. */
export async function markAlertsRead(
	db: Db,
	userId: string,
	ids?: string[],
	now = new Date()
): Promise<number> {
	await db.delivery.updateMany({
		where: {
			...{ userId, channel: 'screen', readAt: null },
			alertId: ids ? { in: ids } : { not: null }
		},
		data: { readAt: now }
	});
	return countUnreadAlerts(db, userId);
}
