import { v7 } from 'uuid';
import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { createDeliveries } from '../deliveries/create.ts';
import { DomainError, notFound } from '../errors.ts';

/** Sends an endpoint a `webhook.test`; its log tells what came of it. Errors: NOT_FOUND, CONFLICT (`webhook_off`), RATE_LIMITED. */
export async function testWebhook(
	{ db, limits }: Pick<App, 'db' | 'limits'>,
	userId: string,
	id: string
): Promise<void> {
	await limits.take('webhook', userId);
	await inTx(db, async (tx) => {
		const endpoint = await tx.webhookEndpoint.findFirst({ where: { id, userId } });
		if (!endpoint) throw notFound();
		if (endpoint.disabledAt) throw new DomainError('CONFLICT', 'webhook_off');
		await createDeliveries(tx, {
			userId,
			source: `test:${v7()}`,
			event: 'webhook.test',
			payload: { endpointId: id },
			endpointId: id
		});
	});
}
