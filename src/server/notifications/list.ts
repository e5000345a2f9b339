import type { NotificationKind, NotificationParams } from '#lib/notifications.ts';
import type { Db } from '../db/client.ts';
import { reasonText } from '../words.ts';

export type NotificationView = {
	[K in NotificationKind]: {
		id: string;
		kind: K;
		params: NotificationParams[K];
		/** For `upload_failed`: the reason in the reader's language. */
		reason: string | null;
		createdAt: string;
		readAt: string | null;
	};
}[NotificationKind];

/** A person's notifications, newest first; the cursor is the id of the last one seen. */
export async function listNotifications(
	db: Db,
	{ id: userId, locale }: { id: string; locale: string },
	{ cursor, limit }: { cursor?: string | undefined; limit: number }
): Promise<{ items: NotificationView[]; nextCursor: string | null; unread: number }> {
	const [rows, unread] = await Promise.all([
		db.notification.findMany({
			where: { userId, ...(cursor && { id: { lt: cursor } }) },
			orderBy: { id: 'desc' },
			take: limit + 1
		}),
		db.notification.count({ where: { userId, readAt: null } })
	]);
	const items = rows.slice(0, limit).map((row) => {
		const params = row.params as Record<string, string | number>;
		return {
			id: row.id,
			kind: row.kind,
			params,
			reason: row.kind === 'upload_failed' ? reasonText(String(params['reason']), params, locale) : null,
			createdAt: row.createdAt.toISOString(),
			readAt: row.readAt?.toISOString() ?? null
		} as NotificationView;
	});
	return { items, unread, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
