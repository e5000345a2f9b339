import { v7 } from 'uuid';
import { mailTime, type MailTimes } from '#lib/alerts/mail-time.ts';
import type { WebhookData, WebhookEvent } from '#lib/webhooks.ts';
import type { Prisma, Tx } from '../db/client.ts';
import { enqueue } from '../outbox.ts';

export type NewDeliveries<E extends WebhookEvent = WebhookEvent> = {
	userId: string;
	/** What is told, as text that is the same whenever the same is told again: `alert:ID`, `upload:ID`, `group:ID:REVISION`. */
	source: string;
	event: E;
	/** What a webhook sends as `data`, and what a mail is written from. */
	payload: WebhookData[E];
	alertId?: string;
	/** To this endpoint of the person and no other, whatever it asked for. */
	endpointId?: string;
	/** Whether it shows on the person's screens, and whether it is mailed to them, if they want that. */
	screen?: boolean;
	email?: boolean;
};

/** How alerts reach somebody who has chosen nothing. */
export const usualChannels: MailTimes & { email: boolean } = {
	email: true,
	quietFrom: null,
	quietUntil: null,
	digestAt: null
};

type Target =
	| { channel: 'screen'; status: 'delivered'; deliveredAt: Date; endpointId?: never; nextAttemptAt?: never }
	| { channel: 'email'; nextAttemptAt: Date; endpointId?: never }
	| { channel: 'webhook'; nextAttemptAt: Date; endpointId: string };
type NewRow = Target & { id: string };

/**
 * Promises, as part of the transaction, to tell a person of something by every channel they have chosen: one delivery each,
 * however often this is called for the same `source`. What goes on screens counts as delivered at once: whoever raises it
 * sends the event. Webhooks go to the person's enabled endpoints that asked for the event.
 */
export async function createDeliveries<E extends WebhookEvent>(
	tx: Tx,
	told: NewDeliveries<E>,
	now = new Date()
): Promise<void> {
	const { userId, source, event, payload, alertId, screen = false, email = false } = told;
	const about = `${source}:${userId}`;
	const common = { userId, event, payload, alertId: alertId ?? null, createdAt: now };
	const insert = async (to: Target): Promise<void> => {
		const dedupeKey = [about, to.channel, ...(to.endpointId ? [to.endpointId] : [])].join(':');
		await insertOnce(tx, { id: v7(), dedupeKey, ...common, ...to });
	};
	if (screen) await insert({ channel: 'screen', status: 'delivered', deliveredAt: now });
	const nextAttemptAt = email ? await timeOfMail(tx, userId, now) : null;
	if (nextAttemptAt) await insert({ channel: 'email', nextAttemptAt });
	for (const { id: endpointId } of await endpointsFor(tx, told))
		await insert({ channel: 'webhook', endpointId, nextAttemptAt: now });
}

/** Writes a delivery down unless there is one that tells the same, and has it made when it is due. */
async function insertOnce(tx: Tx, row: Prisma.DeliveryUncheckedCreateInput & NewRow): Promise<void> {
	const { id, dedupeKey, nextAttemptAt } = row;
	const written = await tx.delivery.upsert({
		where: { dedupeKey },
		create: row,
		update: { dedupeKey },
		select: { id: true }
	});
	if (written.id !== id || !nextAttemptAt) return;
	await enqueue(tx, 'alert-deliver', { deliveryId: id }, { dueAt: nextAttemptAt });
}

/** When a mail with alerts may go to a person; null when they want none, or cannot be asked. */
async function timeOfMail(tx: Tx, userId: string, now: Date): Promise<Date | null> {
	const { timeZone, disabledAt, alertChannels } = await tx.user.findUniqueOrThrow({
		where: { id: userId },
		select: { timeZone: true, disabledAt: true, alertChannels: true }
	});
	const channels = alertChannels ?? usualChannels;
	return channels.email && disabledAt === null ? mailTime(now, now, channels, timeZone) : null;
}

async function endpointsFor(
	tx: Tx,
	{ userId, event, endpointId }: Pick<NewDeliveries, 'userId' | 'event' | 'endpointId'>
): Promise<{ id: string }[]> {
	const endpoints = await tx.webhookEndpoint.findMany({
		where: { userId, disabledAt: null, ...(endpointId !== undefined && { id: endpointId }) },
		select: { id: true, events: true },
		orderBy: { id: 'asc' }
	});
	const asksFor = ({ events }: { events: unknown }): boolean => (events as string[]).includes(event);
	return endpointId === undefined ? endpoints.filter(asksFor) : endpoints;
}
