import type { Db } from '../db/client.ts';

/** How many of a person's notifications are unread. */
export const countUnread = (db: Db, userId: string): Promise<number> =>
	db.notification.count({ where: { userId, readAt: null } });
