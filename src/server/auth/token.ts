import { sha256 } from '@oslojs/crypto/sha2';
import { encodeBase64urlNoPadding, encodeHexLowerCase } from '@oslojs/encoding';

/** A new secret: 32 random bytes as base64url text. */
export const newToken = (): string => encodeBase64urlNoPadding(crypto.getRandomValues(new Uint8Array(32)));

/** What the database keeps of a token: its SHA-256 in hex. A token has 256 random bits, so no slow hash is needed. */
export const hashToken = (token: string): string =>
	encodeHexLowerCase(sha256(new TextEncoder().encode(token)));

// Told apart by sight, by whoever finds one where it should not be, and by us.
const apiPrefix = 'quits_';

export const newApiToken = (): string => apiPrefix + newToken();
export const isApiToken = (token: string): boolean => token.startsWith(apiPrefix);
