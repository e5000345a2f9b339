import type { NotificationParams } from '#lib/notifications.ts';
import type { Tx } from '../db/client.ts';

/** Marks what tells people of budgets they cannot open any more as read: unread, it would lead them to nothing. */
export async function closeBudgets(
	tx: Tx,
	userIds: readonly string[],
	closed: { budgetId: string } | { groupId: string },
	now: Date
): Promise<void> {
	for (const userId of userIds) {
		const rows = await tx.notification.findMany({
			where: { userId, kind: 'budget_alert', readAt: null },
			select: { id: true, params: true }
		});
		for (const { id, params } of rows) {
			const about = params as NotificationParams['budget_alert'];
			const isClosed =
				'budgetId' in closed ? about.budgetId === closed.budgetId : about.groupId === closed.groupId;
			if (isClosed) await tx.notification.update({ where: { id }, data: { readAt: now } });
		}
	}
}
