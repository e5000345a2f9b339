/** An authenticator app, as people have one on their phone. */
import { decodeBase32IgnorePadding } from '@oslojs/encoding';
import { generateHOTP } from '@oslojs/otp';

/** The step that counts at the moment; codes of the one before and after are taken as well. */
export const currentStep = (): number => Math.floor(Date.now() / 30_000);

/** The code that an app with this secret shows in a step. */
export const codeOf = (secret: string, step = currentStep()): string =>
	generateHOTP(decodeBase32IgnorePadding(secret), BigInt(step), 6);

/** Codes that are wrong in every step that could count during a test, all different. */
export function wrongCodes(secret: string, count: number): string[] {
	const now = currentStep();
	const right = new Set([-3, -2, -1, 0, 1, 2, 3].map((step) => codeOf(secret, now + step)));
	const codes = Array.from({ length: count + right.size }, (_, n) =>
		String(n * 7919)
			.padStart(6, '0')
			.slice(-6)
	);
	return codes.filter((code) => !right.has(code)).slice(0, count);
}
