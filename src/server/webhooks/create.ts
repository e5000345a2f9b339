import { v7 } from 'uuid';
import { z } from 'zod';
import { line } from '#lib/schemas.ts';
import { webhookEvents } from '#lib/webhooks.ts';
import type { App } from '../app.ts';
import type { SessionUser } from '../auth/identify.ts';
import { inTx, type Session, type Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { sendMail } from '../mail/send.ts';
import { requireSession } from '../sessions/require.ts';
import { usableAddress } from './address.ts';
import { newSecret, secretPlace } from './secret.ts';
import { webhookView, type WebhookView } from './view.ts';

const most = 10;

export const newWebhook = z.object({
	url: z.string().max(2048),
	events: z
		.array(z.enum(webhookEvents))
		.min(1, { error: 'required' })
		.max(webhookEvents.length)
		.transform((events) => [...new Set(events)]),
	note: line(100).default('')
});

/**
 * Makes an endpoint that is told of what happens from now on; its secret is shown this once, and its owner gets a mail. Errors: INVALID (`webhook_https`,
 * `webhook_address`, `too_many_webhooks`), RATE_LIMITED.
 */
export async function createWebhook(
	app: App,
	user: SessionUser,
	session: Session,
	{ url: address, events, note }: z.output<typeof newWebhook>
): Promise<WebhookView & { secret: string }> {
	await app.limits.take('webhook', user.id);
	const url = await usableAddress(app, user, address);
	const secret = newSecret();
	return inTx(app.db, async (tx) => {
		await requireSession(tx, session);
		if ((await tx.webhookEndpoint.count({ where: { userId: user.id } })) >= most) {
			throw new DomainError('INVALID', 'too_many_webhooks', { params: { most } });
		}
		const id = v7();
		const row = await tx.webhookEndpoint.create({
			data: { id, userId: user.id, url, events, note, secret: app.sealer.seal(secret, secretPlace(id)) }
		});
		await tellOwner(tx, app, user, url);
		return { ...webhookView(row), secret };
	});
}

/** Tells somebody by mail that what happens in their account is sent to an address from now on. */
export async function tellOwner(
	tx: Tx,
	app: Pick<App, 'sealer' | 'config'>,
	{ id: userId, email: to, locale }: SessionUser,
	url: string
): Promise<void> {
	await sendMail(tx, app, { to, userId, locale, kind: 'webhook_made', params: { host: new URL(url).host } });
}
