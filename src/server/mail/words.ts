import { formatInstant, type Locale } from '#lib/i18n.ts';
import { m } from '#lib/paraglide/messages.js';

/** Where and when a mail is written. */
export type MailPlace = {
	locale: Locale;
	timeZone: string;
	now: Date;
	/** Of this instance, without a slash at the end. */
	publicUrl: string;
};

/** What all mails say alike. */
export type Words = {
	/** When it is written, in the reader's time zone. */
	at: string;
	atOf: (instant: string) => string;
	url: string;
	/** What to do when it was not the person. */
	undo: string;
	in: { locale: Locale };
};

export function wordsAt({ locale, timeZone, now, publicUrl }: MailPlace): Words {
	const atOf = (instant: string): string => `${formatInstant(instant, { locale, timeZone })} (${timeZone})`;
	const options = { locale };
	const undo = m.mail_undo(
		{ reset: `${publicUrl}/reset`, security: `${publicUrl}/settings/security` },
		options
	);
	return { at: atOf(now.toISOString()), atOf, url: publicUrl, undo, in: options };
}

/** Names are people's own and may hold anything; a line break in one would let it pose as a line of ours. */
export const oneLine = (name: string): string => name.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
