/** What a webhook can be sent of, and what each event carries as `data`. Documented with examples in docs/webhooks.md. */
import type { ServerEventPayload } from './realtime/events.ts';

/** Amounts in minor units, dates `YYYY-MM-DD`. */
export type WebhookData = {
	/** Spending has crossed a threshold of a budget. `groupId` is null for a budget of one's own. */
	'budget.alert': {
		alertId: string;
		budgetId: string;
		budgetName: string;
		groupId: string | null;
		/** In percent: what was crossed, and how much of the amount is spent. */
		threshold: number;
		percent: number;
		spent: number;
		/** What may be spent in the period, with what was carried over. */
		amount: number;
		currency: string;
		periodStart: string;
		periodEnd: string;
	};
	/** A statement has been imported. */
	'upload.done': {
		uploadId: string;
		accountId: string;
		filename: string;
		imported: number;
		duplicates: number;
		rejected: number;
	};
	/** Something in a group that one is in has changed: what its members' pages hear too. */
	'group.changed': ServerEventPayload<'group:changed'>;
	/** A confirmed recurring payment did not come on its date. */
	'recurring.missed': { recurringId: string; merchant: string; date: string };
	/** A confirmed recurring payment has another price than before. */
	'recurring.changed': {
		recurringId: string;
		merchant: string;
		before: number;
		after: number;
		currency: string;
	};
	/** Somebody tries the endpoint out. It comes whatever was chosen. */
	'webhook.test': { endpointId: string };
};

export type WebhookEvent = keyof WebhookData;

/** What an endpoint can choose from. */
export const webhookEvents = [
	'budget.alert',
	'upload.done',
	'group.changed',
	'recurring.missed',
	'recurring.changed'
] as const satisfies readonly WebhookEvent[];

export type ChosenEvent = (typeof webhookEvents)[number];

/** The body of a webhook. `timestamp` is when it happened, and stays the same at every attempt. */
export type WebhookBody<E extends WebhookEvent = WebhookEvent> = {
	[K in E]: { type: K; timestamp: string; data: WebhookData[K] };
}[E];

/** Why an attempt got no answer. */
export const egressFailures = [
	/** The URL is not one that may be used: no https, not found, or not on the public internet. */
	'address',
	'timeout',
	/** Refused, or broken off. */
	'connection',
	'certificate',
	/** Something came that is no HTTP. */
	'answer'
] as const;

export type EgressFailure = (typeof egressFailures)[number];
