import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import type { EgressFailure, WebhookEvent } from '#lib/webhooks.ts';
import type { Db } from '../db/client.ts';
import type { Cancellation } from '../deliveries/concerns.ts';
import { notFound } from '../errors.ts';

export const deliveriesQuery = z.object({
	endpointId: id,
	cursor: id.optional(),
	limit: z.number().int().min(1).max(100).default(30)
});

/** What an endpoint was to be sent, newest first, each with its attempts in order. Error: NOT_FOUND. */
export async function listDeliveries(
	db: Db,
	userId: string,
	{ endpointId, cursor, limit }: z.output<typeof deliveriesQuery>
) {
	if ((await db.webhookEndpoint.count({ where: { id: endpointId, userId } })) === 0) throw notFound();
	const rows = await db.delivery.findMany({
		where: { endpointId, ...(cursor && { id: { lt: cursor } }) },
		include: { log: { orderBy: { id: 'asc' } } },
		orderBy: { id: 'desc' },
		take: limit + 1
	});
	const items = rows.slice(0, limit).map((row) => ({
		/** The `webhook-id` of every attempt. */
		id: row.id,
		event: row.event as WebhookEvent,
		/** What is sent as `data`. */
		data: row.payload,
		status: row.status,
		/** Of one that was cancelled. */
		reason: row.reason as Cancellation | null,
		createdAt: row.createdAt.toISOString(),
		deliveredAt: row.deliveredAt?.toISOString() ?? null,
		nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
		attempts: row.log.map(({ at, durationMs, status, error }) => ({
			at: at.toISOString(),
			durationMs,
			/** Of the answer; else there was none, and `error` says why. */
			status,
			error: error as EgressFailure | null
		}))
	}));
	return { items, nextCursor: rows.length > limit ? items.at(-1)!.id : null };
}
