import type { Identity } from '#server/auth/identify.ts';
import type { Locale } from '#lib/i18n.ts';

declare global {
	namespace App {
		interface Locals {
			identity: Identity | null;
			locale: Locale;
		}
		interface Error {
			errorId?: string;
		}
	}
}

export {};
