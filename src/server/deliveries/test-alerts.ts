import { v7 } from 'uuid';
import { z } from 'zod';
import type { App } from '../app.ts';
import { inTx, type Tx, type User } from '../db/client.ts';
import { sendMail } from '../mail/send.ts';
import { stopLink } from '../mail/stop-link.ts';
import { notify } from '../notifications/notify.ts';
import { channelsOf } from './channels.ts';
import { createDeliveries } from './create.ts';

const channel = z.enum(['screen', 'email', 'webhook']);
export const alertTest = z.object({ channel: channel.optional() }).default({});

type Channel = z.output<typeof channel>;
type Person = Pick<User, 'id' | 'email' | 'locale'>;

/**
 * Tries out how alerts reach a person, at whatever hour: by one channel, or by each that is on. Says by which something is on its
 * way; a webhook that is off gets nothing. Error: RATE_LIMITED.
 */
export async function testAlerts(
	app: App,
	person: Person,
	wanted?: Channel
): Promise<{ channels: Channel[] }> {
	await app.limits.take('alertTest', person.id);
	return inTx(app.db, async (tx) => {
		const channels: Channel[] = [];
		if (wanted === undefined || wanted === 'screen') {
			await notify(tx, app.live, person.id, 'alert_test', {});
			channels.push('screen');
		}
		if (wanted === 'email' || (wanted === undefined && (await channelsOf(tx, person.id)).email)) {
			await mailTest(tx, app, person);
			channels.push('email');
		}
		if ((wanted === undefined || wanted === 'webhook') && (await callWebhooks(tx, person.id)) > 0)
			channels.push('webhook');
		return { channels };
	});
}

async function mailTest(tx: Tx, app: App, { id: userId, email: to, locale }: Person): Promise<void> {
	const params = { stop: stopLink(app, userId, 'alerts') };
	await sendMail(tx, app, { to, userId, locale, kind: 'alert_test', params });
}

/** Sends every webhook of a person that is on a `webhook.test`. Returns how many those are. */
async function callWebhooks(tx: Tx, userId: string): Promise<number> {
	const endpoints = await tx.webhookEndpoint.findMany({
		where: { userId, disabledAt: null },
		select: { id: true }
	});
	for (const { id: endpointId } of endpoints) {
		const about = { source: `test:${v7()}`, event: 'webhook.test', payload: { endpointId } } as const;
		await createDeliveries(tx, { userId, ...about, endpointId });
	}
	return endpoints.length;
}
