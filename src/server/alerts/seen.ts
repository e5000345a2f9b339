/**
 * An alert on a person's screens and the notification that tells of it are one thing to them: whoever has looked at the one has
 * seen the other.
 */
import type { Tx } from '../db/client.ts';

/** Which alerts; null: all that have come to the person. */
type Which = readonly string[] | null;

/** Notes, as part of the transaction, that a person has looked at alerts. */
export async function markSeen(tx: Tx, userId: string, alertIds: Which, now: Date): Promise<void> {
	await tx.delivery.updateMany({
		where: {
			...{ userId, channel: 'screen', readAt: null },
			alertId: alertIds ? { in: [...alertIds] } : { not: null }
		},
		data: { readAt: now }
	});
}

/** Marks the notifications of alerts as read. */
export async function readNotificationsOf(tx: Tx, userId: string, alertIds: Which, now: Date): Promise<void> {
	const unread = { userId, readAt: null, kind: 'budget_alert' };
	const told = await tx.notification.findMany({ where: unread, select: { id: true, params: true } });
	for (const { id, params } of told) {
		if (alertIds && !alertIds.includes(alertOf(params))) continue;
		await tx.notification.update({ where: { id }, data: { readAt: now } });
	}
}

/** The alerts that some of a person's notifications tell of. */
export async function alertsOf(tx: Tx, userId: string, ids: readonly string[]): Promise<string[]> {
	const rows = await tx.notification.findMany({
		where: { id: { in: [...ids] }, userId, kind: 'budget_alert' },
		select: { params: true }
	});
	return rows.map(({ params }) => alertOf(params));
}

const alertOf = (params: unknown): string => (params as { alertId: string }).alertId;
