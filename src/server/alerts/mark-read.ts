import { inTx, type Db } from '../db/client.ts';
import { countUnreadAlerts } from './list.ts';
import { markSeen, readNotificationsOf } from './seen.ts';

/**
 * Marks a person's alerts as looked at, and the notifications of them as read: of those named, or all. Returns how many alerts
 * are still unread.
 */
export async function markAlertsRead(
	db: Db,
	userId: string,
	ids?: string[],
	now = new Date()
): Promise<number> {
	await inTx(db, async (tx) => {
		await markSeen(tx, userId, ids ?? null, now);
		await readNotificationsOf(tx, userId, ids ?? null, now);
	});
	return countUnreadAlerts(db, userId);
}
