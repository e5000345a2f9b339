import type { Db } from '../db/client.ts';

/** Marks a person's notifications as read: those named, or all. Returns how many are still unread. */
export async function markRead(db: Db, userId: string, ids?: string[]): Promise<number> {
	await db.notification.updateMany({
		where: { userId, readAt: null, ...(ids && { id: { in: ids } }) },
		data: { readAt: new Date() }
	});
	return db.notification.count({ where: { userId, readAt: null } });
}
