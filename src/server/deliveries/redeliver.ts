import { inTx, type Db } from '../db/client.ts';
import { DomainError, notFound } from '../errors.ts';
import { lockPerson } from '../users/lock.ts';
import { promiseDelivery } from './promise.ts';

/**
 * Makes a delivery of a person's again, at once and under the same id; a mail is written anew, and keeps to quiet hours like any
 * other. Errors: NOT_FOUND (a screen's is no delivery to make again), CONFLICT (`webhook_off`).
 */
export async function redeliver(db: Db, userId: string, id: string, now = new Date()): Promise<{ ok: true }> {
	return inTx(db, async (tx) => {
		await lockPerson(tx, userId);
		const delivery = await tx.delivery.findFirst({
			where: { id, userId, channel: { not: 'screen' } },
			include: { endpoint: { select: { disabledAt: true } } }
		});
		if (!delivery) throw notFound();
		if (delivery.endpoint?.disabledAt) throw new DomainError('CONFLICT', 'webhook_off');
		const again = { status: 'waiting', mailId: null, deliveredAt: null } as const;
		await tx.delivery.update({ where: { id }, data: again });
		await promiseDelivery(tx, id, now);
		return { ok: true };
	});
}
