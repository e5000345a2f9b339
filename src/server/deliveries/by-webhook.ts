import { v7 } from 'uuid';
import { nextAttempt } from '#lib/alerts/retries.ts';
import type { App } from '../app.ts';
import { inTx, type Delivery, type Tx, type User, type WebhookEndpoint } from '../db/client.ts';
import { claimDone } from '../outbox.ts';
import { attemptWebhook, type Attempt } from '../webhooks/attempt.ts';
import { cancel } from './cancel.ts';
import { whyCancelled } from './concerns.ts';
import { giveUp } from './give-up.ts';
import { promiseDelivery } from './promise.ts';
import { turnOff } from './turn-off.ts';

type Endpoint = WebhookEndpoint & { user: User };
type Means = Pick<App, 'db' | 'config' | 'sealer'>;

/** So long nothing may get through to an endpoint before it is turned off. */
const patienceMs = 5 * 86_400_000;

/** Sends a delivery to its endpoint once, writes down what came of it, and has it tried again when that makes sense. */
export async function deliverByWebhook(
	app: Means,
	delivery: Delivery & { endpoint: Endpoint },
	jobId: string,
	now: Date
): Promise<void> {
	const { endpoint } = delivery;
	const reason = endpoint.user.disabledAt ? 'disabled' : await whyCancelled(app.db, delivery);
	if (reason || endpoint.disabledAt) {
		await inTx(app.db, async (tx) => {
			if (!(await claimDone(tx, jobId))) return;
			if (reason) await cancel(tx, delivery.id, reason);
			else await giveUp(tx, delivery.id);
		});
		return;
	}
	const attempt = await attemptWebhook(app, delivery, endpoint, now);
	const ended = new Date(now.getTime() + attempt.durationMs);
	await inTx(app.db, async (tx) => {
		if (!(await claimDone(tx, jobId))) return;
		// The endpoint may have been removed meanwhile, and this with it.
		if ((await tx.delivery.count({ where: { id: delivery.id } })) === 0) return;
		const { status, error, durationMs } = attempt;
		await tx.deliveryAttempt.create({
			data: { id: v7(), deliveryId: delivery.id, at: now, durationMs, status, error }
		});
		await settle(tx, delivery, attempt, ended);
		await judge(tx, app, endpoint, attempt, ended);
	});
}

/** What becomes of the delivery, unless somebody has put it off, or asked for it again, since this attempt began. */
async function settle(
	tx: Tx,
	{ id, attempts, nextAttemptAt }: Delivery,
	{ delivered, gone, retryAfterMs }: Attempt,
	now: Date
): Promise<void> {
	const made = attempts + 1;
	await tx.delivery.update({ where: { id }, data: { attempts: made } });
	const mine = { id, nextAttemptAt };
	if (delivered) {
		const data = { status: 'delivered', deliveredAt: now, nextAttemptAt: null } as const;
		await tx.delivery.updateMany({ where: mine, data });
		return;
	}
	if ((await tx.delivery.count({ where: mine })) === 0) return;
	const next = gone ? null : nextAttempt(made, now, { chance: Math.random(), retryAfterMs });
	if (next) await promiseDelivery(tx, id, next);
	else await giveUp(tx, id);
}

/** What becomes of the endpoint, unless it leads elsewhere since. */
async function judge(
	tx: Tx,
	app: Means,
	{ id, url, user }: Endpoint,
	{ delivered, gone }: Attempt,
	now: Date
): Promise<void> {
	const endpoint = await tx.webhookEndpoint.findFirst({ where: { id, url } });
	if (!endpoint) return;
	const { failingSince } = endpoint;
	if (delivered) {
		if (failingSince) await tx.webhookEndpoint.update({ where: { id }, data: { failingSince: null } });
	} else if (gone) await turnOff(tx, app, { ...endpoint, user }, 'gone', now);
	else if (!failingSince) await tx.webhookEndpoint.update({ where: { id }, data: { failingSince: now } });
	else if (now.getTime() - failingSince.getTime() >= patienceMs)
		await turnOff(tx, app, { ...endpoint, user }, 'failing', now);
}
