import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import { heldBy } from '../budgets/find.ts';
import type { Db, DeliveryChannel, DeliveryStatus } from '../db/client.ts';

export const alertsQuery = z.object({
	/** The id of the last one seen. */
	cursor: id.optional(),
	limit: z.number().int().min(1).max(200).default(50),
	/** Of this budget alone. */
	budgetId: id.optional()
});

export type AlertView = {
	id: string;
	budgetId: string;
	budgetName: string;
	groupId: string | null;
	/** In percent. */
	threshold: number;
	periodStart: string;
	periodEnd: string;
	/** When it was crossed: how much of what may be spent, in percent, and both in minor units of `currency`, the budget's then. */
	percent: number;
	spent: number;
	amount: number;
	currency: string;
	createdAt: Date;
	/** Since when spending is below it again. */
	passedAt: Date | null;
	/**
	 * How the person was told of it. Of several thresholds crossed at once only the highest is told, and nobody is told of what
	 * was before they were in a group.
	 */
	deliveries: { channel: DeliveryChannel; status: DeliveryStatus; attempts: number }[];
	/** It has come to the person's screens, and they have not looked at it; nor is the budget removed. */
	unread: boolean;
};

/** The alerts of a person's budgets and of their groups', newest first; those of removed budgets, too. */
export async function listAlerts(
	db: Db,
	userId: string,
	{ cursor, limit, budgetId }: z.output<typeof alertsQuery>
): Promise<{ items: AlertView[]; nextCursor: string | null; unread: number }> {
	const [rows, unread] = await Promise.all([
		db.alert.findMany({
			where: { budget: heldBy(userId), ...(budgetId && { budgetId }), ...(cursor && { id: { lt: cursor } }) },
			orderBy: { id: 'desc' },
			take: limit + 1,
			include: {
				budget: { select: { name: true, groupId: true, removedAt: true } },
				deliveries: { where: { userId }, orderBy: { id: 'asc' } }
			}
		}),
		countUnreadAlerts(db, userId)
	]);
	const items = rows.slice(0, limit).map(({ budget, deliveries, spent, amount, ...row }) => ({
		id: row.id,
		budgetId: row.budgetId,
		budgetName: budget.name,
		groupId: budget.groupId,
		threshold: row.threshold,
		periodStart: row.periodStart,
		periodEnd: row.periodEnd,
		percent: row.percent,
		spent: Number(spent),
		amount: Number(amount),
		currency: row.currency,
		createdAt: row.createdAt,
		passedAt: row.passedAt,
		deliveries: deliveries.map(({ channel, status, attempts }) => ({ channel, status, attempts })),
		unread:
			budget.removedAt === null &&
			deliveries.some(({ channel, readAt }) => channel === 'screen' && readAt === null)
	}));
	return { items, unread, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** How many alerts have come to a person's screens that they have not looked at, and can. */
export const countUnreadAlerts = (db: Db, userId: string): Promise<number> =>
	db.delivery.count({
		where: {
			...{ userId, channel: 'screen', readAt: null },
			alert: { budget: { ...heldBy(userId), removedAt: null } }
		}
	});
