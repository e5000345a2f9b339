import type { ChosenEvent } from '#lib/webhooks.ts';
import type { WebhookEndpoint } from '../db/client.ts';

/** An endpoint as its owner sees it; its secret is shown only when it is made. */
export const webhookView = (row: WebhookEndpoint, now = new Date()) => ({
	id: row.id,
	url: row.url,
	note: row.note,
	events: row.events as ChosenEvent[],
	createdAt: row.createdAt.toISOString(),
	/** Since when every attempt has failed. */
	failingSince: row.failingSince?.toISOString() ?? null,
	/** Nothing is sent there: it said that it is `gone`, was `failing` for days, or the `person` turned it off. */
	disabled:
		row.disabledAt &&
		({
			at: row.disabledAt.toISOString(),
			reason: row.disabledReason as DisabledReason
		} as const),
	/** Until when the secret before signs too. */
	oldSecretUntil: row.previousUntil && row.previousUntil > now ? row.previousUntil.toISOString() : null
});

export type DisabledReason = 'gone' | 'failing' | 'person';
export type WebhookView = ReturnType<typeof webhookView>;
