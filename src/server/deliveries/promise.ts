import type { Tx } from '../db/client.ts';
import { enqueue } from '../outbox.ts';

/**
 * Has a delivery made at a time, which is its `nextAttemptAt` from now on. A job that was promised for another time before
 * finds that it is not its turn.
 */
export async function promiseDelivery(tx: Tx, deliveryId: string, at: Date): Promise<void> {
	const { userId } = await tx.delivery.update({
		where: { id: deliveryId },
		data: { nextAttemptAt: at },
		select: { userId: true }
	});
	await enqueue(tx, 'alert-deliver', { deliveryId, userId, dueAt: at.toISOString() }, { dueAt: at });
}
