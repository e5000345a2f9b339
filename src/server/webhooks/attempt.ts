import type { EgressFailure, WebhookBody } from '#lib/webhooks.ts';
import type { App } from '../app.ts';
import type { Delivery, User, WebhookEndpoint } from '../db/client.ts';
import { EgressError, post, type EgressAnswer } from '../egress.ts';
import { rulesFor } from './address.ts';
import { secretPlace } from './secret.ts';
import { signWebhook } from './sign.ts';

/** What came of an attempt. There is a `status` when the far side answered, else an `error`. */
export type Attempt = {
	delivered: boolean;
	status: number | null;
	error: EgressFailure | null;
	durationMs: number;
	/** What the far side asks for before the next one. */
	retryAfterMs: number | null;
	/** It never wants to hear anything again. */
	gone: boolean;
};

type Told = Pick<Delivery, 'id' | 'event' | 'createdAt' | 'payload'>;
type Endpoint = WebhookEndpoint & { user: Pick<User, 'role'> };

/**
 * Sends a delivery to its endpoint once, signed with the endpoint's secret and, for a day after that was changed, with the one
 * before too. Writes nothing down.
 */
export async function attemptWebhook(
	{ config, sealer }: Pick<App, 'config' | 'sealer'>,
	{ id, event, createdAt, payload }: Told,
	endpoint: Endpoint,
	now = new Date()
): Promise<Attempt> {
	const { secret, previousSecret, previousUntil, user } = endpoint;
	const sealed = [
		secret,
		...(previousSecret && previousUntil && previousUntil > now ? [previousSecret] : [])
	];
	const secrets = sealed.map((text) => sealer.open(text, secretPlace(endpoint.id)));
	const body = JSON.stringify({
		type: event,
		timestamp: createdAt.toISOString(),
		data: payload
	} as WebhookBody);
	const headers = {
		'content-type': 'application/json',
		'user-agent': 'Quits',
		...signWebhook(secrets, id, now, body)
	};
	const begun = performance.now();
	const rules = rulesFor(config, user);
	const result = await post(endpoint.url, { headers, body }, rules).catch((error: unknown) => {
		if (error instanceof EgressError) return error;
		throw error;
	});
	const durationMs = Math.round(performance.now() - begun);
	return { ...outcomeOf(result, now), durationMs };
}

function outcomeOf(result: EgressAnswer | EgressError, now: Date): Omit<Attempt, 'durationMs'> {
	if (result instanceof EgressError)
		return { delivered: false, status: null, error: result.failure, retryAfterMs: null, gone: false };
	const { status, retryAfter } = result;
	return {
		delivered: status >= 200 && status < 300,
		status,
		error: null,
		retryAfterMs: retryAfterMs(retryAfter, now),
		gone: status === 410
	};
}

/** `Retry-After` is a number of seconds or a date; anything else says nothing. */
function retryAfterMs(header: string | undefined, now: Date): number | null {
	if (header === undefined) return null;
	const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now.getTime();
	return Number.isFinite(ms) && ms > 0 ? ms : null;
}
