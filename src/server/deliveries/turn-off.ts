import type { App } from '../app.ts';
import type { Tx, User, WebhookEndpoint } from '../db/client.ts';
import { sendMail } from '../mail/send.ts';

/** Turns an endpoint off, gives up what it was still to be sent, and tells its owner by mail; once. */
export async function turnOff(
	tx: Tx,
	app: Pick<App, 'sealer' | 'config'>,
	{ id, url, user }: Pick<WebhookEndpoint, 'id' | 'url'> & { user: User },
	reason: 'gone' | 'failing',
	now: Date
): Promise<void> {
	const { count } = await tx.webhookEndpoint.updateMany({
		where: { id, disabledAt: null },
		data: { disabledAt: now, disabledReason: reason }
	});
	if (count === 0) return;
	await tx.delivery.updateMany({
		where: { endpointId: id, status: 'waiting' },
		data: { status: 'failed', nextAttemptAt: null }
	});
	const { id: userId, email: to, locale } = user;
	const kind = reason === 'gone' ? 'webhook_gone' : 'webhook_failing';
	await sendMail(tx, app, { to, userId, locale, kind, params: { host: new URL(url).host } }, now);
}
