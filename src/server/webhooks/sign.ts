import { createHmac } from 'node:crypto';
import { bytesOf } from './secret.ts';

export type Signed = Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>;

/**
 * The headers that show who a body is from (Standard Webhooks, symmetric signatures). `at` is the moment of the attempt.
 * With several secrets there are as many signatures, and each is enough.
 */
export function signWebhook(secrets: readonly string[], id: string, at: Date, body: string): Signed {
	const timestamp = String(Math.floor(at.getTime() / 1000));
	const signatures = secrets.map(
		(secret) =>
			`v1,${createHmac('sha256', bytesOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64')}`
	);
	return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
