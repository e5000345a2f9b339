/** Shapes that people and programs send, checked the same way in forms and on the server. */
import { z } from 'zod';
import { isCurrency } from './money.ts';
import { maxPasswordLength, minPasswordLength } from './password-limits.ts';

/** Nothing of it can be seen: blanks, fillers and format characters. */
const invisible = /^[\s\p{Z}\p{Cc}\p{Cf}\p{DI}\u2800]+$/u;

/**
 * Nothing that is seen: what turns or hides letters, and joiners where they join nothing. Emojis are made with joiners, and
 * some scripts are written with them.
 */
const unseen =
	/[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|(?<![\p{Extended_Pictographic}\p{EMod}\uFE0F\p{M}\p{Script=Arabic}])[\u200C\u200D]|[\u200C\u200D](?=\s|$)/gu;

/** Text from outside: no NUL (Postgres refuses it), no lone surrogates, no blanks around; what cannot be seen is empty. */
export const text = (max: number, min = 0) =>
	z
		.string()
		.max(max)
		.transform((value) => value.replaceAll('\u0000', '').toWellFormed().trim().replace(invisible, ''))
		.refine((value) => value.length >= min, { error: 'required' });

/** A name: one line of text, without what turns or hides letters. */
export const line = (max: number, min = 0) =>
	text(max)
		.transform((value) =>
			value
				.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
				.replace(unseen, '')
				.trim()
				.replace(invisible, '')
		)
		.refine((value) => value.length >= min, { error: 'required' });

/** A UUID, in lower case however it was written: some platforms print capitals. */
export const id = z.uuid().toLowerCase();
export const civilDate = z.iso.date();
export const currency = z.string().refine(isCurrency, { error: 'currency' });
export const locale = z.enum(['en', 'de']);
export const theme = z.enum(['system', 'light', 'dark']);
export const timeZone = z.string().refine(
	(zone) => {
		try {
			new Intl.DateTimeFormat('en', { timeZone: zone });
			return true;
		} catch {
			return false;
		}
	},
	{ error: 'time_zone' }
);

export const email = z
	.string()
	.trim()
	.toLowerCase()
	.max(254)
	.pipe(z.email({ error: 'email' }));

export const newPassword = z
	.string()
	.min(minPasswordLength, { error: 'password_short' })
	.max(maxPasswordLength, { error: 'password_long' });

export const registration = z.object({
	email,
	password: newPassword,
	name: line(80, 1),
	setupCode: z.string().max(100).optional(),
	invite: z.string().max(100).optional(),
	locale: locale.optional(),
	timeZone: timeZone.optional(),
	currency: currency.optional()
});

// What WebAuthn answers with: binary as base64url text.
const binary = z
	.string()
	.max(16_384)
	.regex(/^[\w-]*$/);

/** An authenticator's answer to the challenge of `auth.passkeys.beginSignIn`. */
export const passkeyAnswer = z.object({
	challengeId: id,
	response: z.object({
		id: binary,
		rawId: binary,
		type: z.literal('public-key'),
		authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
		clientExtensionResults: z.object({}).default({}),
		response: z.object({
			clientDataJSON: binary,
			authenticatorData: binary,
			signature: binary,
			userHandle: binary.optional()
		})
	})
});

/** One of these shows more than a password does. */
export const secondFactor = z.object({
	otp: z.string().max(20).optional(),
	recoveryCode: z.string().max(60).optional(),
	passkey: passkeyAnswer.optional()
});

export const credentials = z.object({
	email,
	password: z.string().max(maxPasswordLength),
	...secondFactor.shape
});
