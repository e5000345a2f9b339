import type { Tx } from '../db/client.ts';
import { enqueue } from '../outbox.ts';

/**
 * Has a delivery made at a time, which is its `nextAttemptAt` from now on. A job that was promised for another time before
 * finds that it is not its turn.
 */
export async function promiseDelivery(tx: Tx, deliveryId: string, at: Date): Promise<void> {
	const { userId, channel } = await tx.delivery.update({
		where: { id: deliveryId },
		data: { nextAttemptAt: at },
		select: { userId: true, channel: true }
	});
	const queue = channel === 'webhook' ? 'webhook-send' : 'alert-mail';
	await enqueue(tx, queue, { deliveryId, userId, dueAt: at.toISOString() }, { dueAt: at });
}
