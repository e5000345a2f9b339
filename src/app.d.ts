import type { ActiveSession } from '#server/auth/session.ts';
import type { Locale } from '#lib/i18n.ts';

declare global {
	namespace App {
		interface Locals {
			session: ActiveSession | null;
			locale: Locale;
		}
		interface Error {
			errorId?: string;
		}
	}
}

export {};
