/** One-time codes as authenticator apps make them: RFC 6238, six digits, SHA-1, a step of 30 seconds. */
import { createTOTPKeyURI, verifyHOTP } from '@oslojs/otp';
import { decodeBase32IgnorePadding, encodeBase32NoPadding } from '@oslojs/encoding';

const stepSeconds = 30;
const digits = 6;
const secretBytes = 20; // 160 bits, as RFC 4226 recommends

/** A new secret, as the text that people type into an app. */
export const newTotpSecret = (): string =>
	encodeBase32NoPadding(crypto.getRandomValues(new Uint8Array(secretBytes)));

/** What a QR code tells an app. */
export const totpUri = (secret: string, account: string): string =>
	createTOTPKeyURI('Quits', account, decodeBase32IgnorePadding(secret), stepSeconds, digits);

/** The step that a code belongs to, one before or after `now` at most; null when it belongs to none. */
export function stepOf(secret: string, code: string, now: Date): number | null {
	const typed = code.replace(/\s/g, '');
	if (!/^\d{6}$/.test(typed)) return null;
	const key = decodeBase32IgnorePadding(secret);
	const current = Math.floor(now.getTime() / 1000 / stepSeconds);
	// All three are computed, so that the time tells nothing.
	const fitting = [current - 1, current, current + 1].filter((step) =>
		verifyHOTP(key, BigInt(step), digits, typed)
	);
	return fitting.at(-1) ?? null;
}
