import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { DomainError, notFound } from '../errors.ts';
import { canMail } from '../mail/transport.ts';
import { lockPerson } from '../users/lock.ts';
import { channelsOf } from './channels.ts';
import { whyCancelled } from './concerns.ts';
import { promiseDelivery } from './promise.ts';

/**
 * Makes a delivery of a person's again, at once and under the same id; a mail is written anew, and keeps to quiet hours like any
 * other. Errors: NOT_FOUND (a screen's is no delivery to make again), CONFLICT (`webhook_off`; of a mail `alert_mails_off`, or
 * `no_mail_server`, where it would only be kept; `alert_closed` when the budget is removed, or the person's no more).
 */
export async function redeliver(
	{ db, config }: Pick<App, 'db' | 'config'>,
	userId: string,
	id: string,
	now = new Date()
): Promise<{ ok: true }> {
	return inTx(db, async (tx) => {
		await lockPerson(tx, userId);
		const delivery = await tx.delivery.findFirst({
			where: { id, userId, channel: { not: 'screen' } },
			include: { endpoint: { select: { disabledAt: true } } }
		});
		if (!delivery) throw notFound();
		const refuse = (reason: string): never => {
			throw new DomainError('CONFLICT', reason);
		};
		if (delivery.endpoint?.disabledAt) refuse('webhook_off');
		if (await whyCancelled(tx, delivery)) refuse('alert_closed');
		if (delivery.channel === 'email') {
			if (!(await channelsOf(tx, userId)).email) refuse('alert_mails_off');
			if (!canMail(config)) refuse('no_mail_server');
		}
		const again = { status: 'waiting', mailId: null, deliveredAt: null, reason: null } as const;
		await tx.delivery.update({ where: { id }, data: again });
		await promiseDelivery(tx, id, now);
		return { ok: true };
	});
}
