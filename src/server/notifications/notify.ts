import { v7 } from 'uuid';
import type { NotificationKind, NotificationParams } from '#lib/notifications.ts';
import { afterCommit, type Tx } from '../db/client.ts';
import type { Live } from '../realtime/live.ts';

/** Leaves a notification for a person, and tells their open pages once it is committed. */
export async function notify<K extends NotificationKind>(
	tx: Tx,
	live: Live,
	userId: string,
	kind: K,
	params: NotificationParams[K]
): Promise<void> {
	const id = v7();
	await tx.notification.create({ data: { id, userId, kind, params } });
	const unread = await tx.notification.count({ where: { userId, readAt: null } });
	afterCommit(tx, () => live.toUser(userId, 'notification:new', { id, kind, unread }));
}
