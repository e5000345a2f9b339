import { v7 } from 'uuid';
import { mailTime } from '#lib/alerts/mail-time.ts';
import type { WebhookData, WebhookEvent } from '#lib/webhooks.ts';
import type { Prisma, Tx } from '../db/client.ts';
import { channelsOf } from './channels.ts';
import { promiseDelivery } from './promise.ts';

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
	const { userId, source, event, payload, alertId = null, screen = false, email = false } = told;
	const about = { userId, event, payload, alertId, createdAt: now };
	const key = (...more: string[]): string => [source, userId, ...more].join(':');
	if (screen) {
		const shown = { status: 'delivered', deliveredAt: now } as const;
		await insertOnce(tx, { ...about, ...shown, channel: 'screen', dedupeKey: key('screen') });
	}
	const mailAt = email ? await timeOfMail(tx, userId, now) : null;
	if (mailAt) await insertOnce(tx, { ...about, channel: 'email', dedupeKey: key('email') }, mailAt);
	for (const { id: endpointId } of await endpointsFor(tx, told)) {
		const dedupeKey = key('webhook', endpointId);
		await insertOnce(tx, { ...about, channel: 'webhook', endpointId, dedupeKey }, now);
	}
}

type NewDelivery = Omit<Prisma.DeliveryUncheckedCreateInput, 'id'>;

/** Writes a delivery down unless there is one that tells the same, and has it made at `at`; without that, it has been made. */
async function insertOnce(tx: Tx, delivery: NewDelivery, at?: Date): Promise<void> {
	const id = v7();
	const { dedupeKey } = delivery;
	const written = await tx.delivery.upsert({
		where: { dedupeKey },
		create: { id, ...delivery },
		update: { dedupeKey },
		select: { id: true }
	});
	if (at && written.id === id) await promiseDelivery(tx, id, at);
}

/** When a mail with alerts may go to a person; null when they want none, or cannot be asked. */
async function timeOfMail(tx: Tx, userId: string, now: Date): Promise<Date | null> {
	const { timeZone, disabledAt } = await tx.user.findUniqueOrThrow({
		where: { id: userId },
		select: { timeZone: true, disabledAt: true }
	});
	const channels = await channelsOf(tx, userId);
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
