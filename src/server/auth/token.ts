import { sha256 } from '@oslojs/crypto/sha2';
import { encodeBase64urlNoPadding, encodeHexLowerCase } from '@oslojs/encoding';

/** A new secret: 32 random bytes as base64url text. */
export const newToken = (): string => encodeBase64urlNoPadding(crypto.getRandomValues(new Uint8Array(32)));

/** What the database keeps of a token: its SHA-256 in hex. A token has 256 random bits, so no slow hash is needed. */
export const hashToken = (token: string): string =>
	encodeHexLowerCase(sha256(new TextEncoder().encode(token)));
