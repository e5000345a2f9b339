import type { Identity } from '#server/auth/identify.ts';
import type { Locale } from '#lib/i18n.ts';

declare global {
	namespace App {
		interface Locals {
			identity: Identity | null;
			/** Who it is by now: for after waiting for a body, or while sending a long answer. */
			identifyAgain: () => Promise<Identity | null>;
			locale: Locale;
		}
		interface Error {
			errorId?: string;
		}
	}
}

export {};
