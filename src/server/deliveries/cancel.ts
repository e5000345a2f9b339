import type { Tx } from '../db/client.ts';
import type { Cancellation } from './concerns.ts';

/** Writes down that a delivery is not made, and why, unless it has been. */
export async function cancel(tx: Tx, id: string, reason: Cancellation): Promise<void> {
	await tx.delivery.updateMany({
		where: { id, status: 'waiting' },
		data: { status: 'cancelled', reason, nextAttemptAt: null }
	});
}
