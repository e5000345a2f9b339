import { alertsOf, markSeen } from '../alerts/seen.ts';
import { inTx, type Db } from '../db/client.ts';
import { countUnread } from './unread.ts';

/**
 * Marks a person's notifications as read, and the alerts they tell of as looked at: those named, or all. Returns how many
 * notifications are still unread.
 */
export async function markRead(db: Db, userId: string, ids?: string[], now = new Date()): Promise<number> {
	await inTx(db, async (tx) => {
		await tx.notification.updateMany({
			where: { userId, readAt: null, ...(ids && { id: { in: ids } }) },
			data: { readAt: now }
		});
		await markSeen(tx, userId, ids ? await alertsOf(tx, userId, ids) : null, now);
	});
	return countUnread(db, userId);
}
