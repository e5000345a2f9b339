import type { EgressFailure } from '#lib/webhooks.ts';
import { heldBy } from '../budgets/find.ts';
import type { Db, DeliveryChannel, DeliveryStatus } from '../db/client.ts';
import { notFound } from '../errors.ts';
import type { Cancellation } from './concerns.ts';

export type DeliveryView = {
	id: string;
	channel: DeliveryChannel;
	status: DeliveryStatus;
	attempts: number;
	createdAt: string;
	/** Null unless it waits for that; a mail that has been written is tried as the mail server lets it. */
	nextAttemptAt: string | null;
	deliveredAt: string | null;
	/** Of a screen's: when the person has looked at it. */
	readAt: string | null;
	/** Of one that was cancelled. */
	reason: Cancellation | null;
	/** Of a mail's: what the mail server said last. */
	error: string | null;
	/** Of a webhook's. */
	endpoint: { id: string; url: string; note: string } | null;
	/** Of a webhook's, in order. There is a `status` when the far side answered, else an `error`. */
	log: { at: string; durationMs: number; status: number | null; error: EgressFailure | null }[];
};

/** How a person was told of an alert, by each channel, with what came of it. Error: NOT_FOUND. */
export async function deliveriesOfAlert(
	db: Db,
	userId: string,
	alertId: string
): Promise<{ items: DeliveryView[] }> {
	if ((await db.alert.count({ where: { id: alertId, budget: heldBy(userId) } })) === 0) throw notFound();
	const rows = await db.delivery.findMany({
		where: { alertId, userId },
		orderBy: { id: 'asc' },
		include: {
			mail: { select: { error: true } },
			endpoint: { select: { id: true, url: true, note: true } },
			log: { orderBy: { id: 'asc' } }
		}
	});
	const text = (at: Date | null): string | null => at?.toISOString() ?? null;
	const items = rows.map(({ id, channel, status, attempts, mail, endpoint, log, ...row }) => ({
		...{ id, channel, status, attempts },
		createdAt: row.createdAt.toISOString(),
		nextAttemptAt: text(row.nextAttemptAt),
		deliveredAt: text(row.deliveredAt),
		readAt: text(row.readAt),
		reason: row.reason as Cancellation | null,
		error: mail?.error ?? null,
		endpoint,
		log: log.map((attempt) => ({
			at: attempt.at.toISOString(),
			durationMs: attempt.durationMs,
			status: attempt.status,
			error: attempt.error as EgressFailure | null
		}))
	}));
	return { items };
}
