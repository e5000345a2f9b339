import type { Tx } from '../db/client.ts';

/** Writes down that a delivery is not tried again, unless it has been made. */
export async function giveUp(tx: Tx, id: string): Promise<void> {
	await tx.delivery.updateMany({
		where: { id, status: 'waiting' },
		data: { status: 'failed', nextAttemptAt: null }
	});
}
