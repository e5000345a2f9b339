import type { App } from '../app.ts';
import type { DueDelivery } from '../queue/queues.ts';
import { deliverByMail } from './by-mail.ts';
import { deliverByWebhook } from './by-webhook.ts';

/**
 * Makes a delivery that is due. Nothing happens when it has been made, given up, or put off to another time, for which there is
 * another job. A process that dies on the way makes it again, under the same id.
 */
export async function deliver(
	app: Pick<App, 'db' | 'config' | 'sealer'>,
	{ deliveryId, dueAt }: DueDelivery,
	jobId: string,
	now = new Date()
): Promise<void> {
	const delivery = await app.db.delivery.findUnique({
		where: { id: deliveryId, status: 'waiting', nextAttemptAt: new Date(dueAt) },
		include: { endpoint: { include: { user: true } } }
	});
	if (!delivery) return;
	const { endpoint } = delivery;
	if (endpoint) await deliverByWebhook(app, { ...delivery, endpoint }, jobId, now);
	else await deliverByMail(app, delivery, jobId, now);
}
