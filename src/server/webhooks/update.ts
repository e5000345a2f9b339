import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import type { SessionUser } from '../auth/identify.ts';
import { inTx, type Session } from '../db/client.ts';
import { notFound } from '../errors.ts';
import { requireSession } from '../sessions/require.ts';
import { usableAddress } from './address.ts';
import { newWebhook, tellOwner } from './create.ts';
import { webhookView, type DisabledReason, type WebhookView } from './view.ts';

export const webhookChanges = z.object({
	id,
	url: newWebhook.shape.url.optional(),
	events: newWebhook.shape.events.optional(),
	note: newWebhook.shape.note.unwrap().optional(),
	/** False: nothing is sent until it is turned on again. True also forgives an endpoint that was turned off for failing. */
	enabled: z.boolean().optional()
});

/** Changes an endpoint. Errors: NOT_FOUND, INVALID (`webhook_https`, `webhook_address`), RATE_LIMITED. */
export async function updateWebhook(
	app: App,
	user: SessionUser,
	session: Session,
	{ id, url: address, events, note, enabled }: z.output<typeof webhookChanges>
): Promise<WebhookView> {
	const where = { id, userId: user.id };
	const known = await app.db.webhookEndpoint.findFirst({ where });
	if (!known) throw notFound();
	let url: string | undefined;
	if (address !== undefined && address !== known.url) {
		await app.limits.take('webhook', user.id);
		url = await usableAddress(app, user, address);
	}
	const off = { disabledAt: new Date(), disabledReason: 'person' satisfies DisabledReason };
	const on = { disabledAt: null, disabledReason: null, failingSince: null };
	return inTx(app.db, async (tx) => {
		await requireSession(tx, session);
		const [row] = await tx.webhookEndpoint.updateManyAndReturn({
			where,
			data: {
				...(url !== undefined && { url }),
				...(events && { events }),
				...(note !== undefined && { note }),
				...(enabled === true && on),
				...(enabled === false && known.disabledAt === null && off)
			}
		});
		if (!row) throw notFound();
		if (url !== undefined) await tellOwner(tx, app, user, url);
		return webhookView(row);
	});
}
