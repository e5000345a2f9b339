import { randomBytes } from 'node:crypto';

const prefix = 'whsec_';

/** A new secret to sign with, as Standard Webhooks write one: 32 random bytes. */
export const newSecret = (): string => prefix + randomBytes(32).toString('base64');

/** The bytes to sign with. */
export const bytesOf = (secret: string): Buffer => Buffer.from(secret.slice(prefix.length), 'base64');

/** What an endpoint's secrets are sealed for. */
export const secretPlace = (endpointId: string): string => `webhook:${endpointId}`;

/** How long the old secret signs too after a new one was made. */
export const overlapMs = 24 * 3_600_000;
