import { alertMailsPerDay, dayBegan, mailTime, nextDaysMailTime } from '#lib/alerts/mail-time.ts';
import type { WebhookData } from '#lib/webhooks.ts';
import type { App } from '../app.ts';
import { inTx, type Delivery, type Tx, type User } from '../db/client.ts';
import { sendMail } from '../mail/send.ts';
import { stopLink } from '../mail/stop-link.ts';
import { claimDone } from '../outbox.ts';
import { lockPerson } from '../users/lock.ts';
import { channelsOf, type Channels } from './channels.ts';
import { cancel } from './cancel.ts';
import { cancellationOf, withHolders } from './concerns.ts';
import { promiseDelivery } from './promise.ts';

/** Who wants so many at once gets the rest in a second mail. */
const mostInAMail = 50;

/**
 * Writes the mail of a delivery, together with all else that waits for the same person and is due; from then on the mail has
 * attempts and states of its own, which its deliveries follow. In quiet hours, before the digest and above the day's cap it
 * waits on; what is no longer the person's business is cancelled.
 */
export async function deliverByMail(
	app: Pick<App, 'db' | 'config' | 'sealer'>,
	{ id, userId }: Delivery,
	jobId: string,
	now: Date
): Promise<void> {
	await inTx(app.db, async (tx) => {
		// So that the jobs of two alerts write one mail, and not the same one twice.
		await lockPerson(tx, userId);
		if (!(await claimDone(tx, jobId))) return;
		const delivery = await tx.delivery.findFirst({ where: { id, status: 'waiting', mailId: null } });
		if (!delivery) return;
		const user = await tx.user.findUniqueOrThrow({ where: { id: userId } });
		const channels = await channelsOf(tx, userId);
		if (user.disabledAt) return cancel(tx, id, 'disabled');
		if (!channels.email) return cancel(tx, id, 'unwanted');
		const at = await timeOfMail(tx, user, channels, delivery, now);
		if (at > now) return promiseDelivery(tx, id, at);
		await writeDown(tx, app, user, channels, now);
	});
}

async function timeOfMail(
	tx: Tx,
	{ email, timeZone }: User,
	channels: Channels,
	{ createdAt }: Delivery,
	now: Date
): Promise<Date> {
	const at = mailTime(createdAt, now, channels, timeZone);
	if (at > now) return at;
	const today = await tx.mail.count({
		where: { to: email, kind: 'budget_alert', createdAt: { gte: dayBegan(now, timeZone) } }
	});
	return today < alertMailsPerDay ? now : nextDaysMailTime(now, channels, timeZone);
}

async function writeDown(
	tx: Tx,
	app: Pick<App, 'config' | 'sealer'>,
	{ id: userId, email: to, locale, timeZone }: User,
	channels: Channels,
	now: Date
): Promise<void> {
	const waiting = await tx.delivery.findMany({
		where: { userId, channel: 'email', status: 'waiting', mailId: null },
		orderBy: { id: 'asc' },
		include: { alert: { include: withHolders(userId) } }
	});
	const due: typeof waiting = [];
	for (const delivery of waiting) {
		if (due.length === mostInAMail) break;
		if (mailTime(delivery.createdAt, now, channels, timeZone) > now) continue;
		const reason = cancellationOf(delivery.alert);
		if (reason) await cancel(tx, delivery.id, reason);
		else due.push(delivery);
	}
	if (due.length === 0) return;
	const alerts = due.map(({ payload, createdAt, alert }) => ({
		...(payload as WebhookData['budget.alert']),
		group: alert?.budget.group?.name ?? null,
		at: createdAt.toISOString(),
		passed: Boolean(alert?.passedAt)
	}));
	const mailId = await sendMail(
		tx,
		app,
		{ to, userId, locale, kind: 'budget_alert', params: { alerts, stop: stopLink(app, userId, 'alerts') } },
		now
	);
	await tx.delivery.updateMany({
		where: { id: { in: due.map(({ id }) => id) } },
		data: { mailId, nextAttemptAt: null }
	});
}
