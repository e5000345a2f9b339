/** Words for errors and reasons, in the language of whoever reads them. */
import { formatWait } from '#lib/i18n.ts';
import { m } from '#lib/paraglide/messages.js';
import { baseLocale, isLocale, type Locale } from '#lib/paraglide/runtime.js';
import { maxPasswordLength, minPasswordLength } from '#lib/password-limits.ts';
import { mostConditions } from '#lib/rules/limits.ts';

type Message = (params: Record<string, string | number>, options: { locale: Locale }) => string;

/** The text of `error_<code>`; for a code without words of its own, that of `error_unexpected`. `seconds` become a `wait` in words. */
export function reasonText(code: string, params: Record<string, string | number>, locale: string): string {
	const language = isLocale(locale) ? locale : baseLocale;
	const { seconds } = params;
	const wait = typeof seconds === 'number' && { wait: formatWait(seconds, { locale: language }) };
	return textOf(code, 'unexpected')({ ...params, ...wait }, { locale: language });
}

// What the words of fields name.
const limits = { min: minPasswordLength, max: maxPasswordLength, most: mostConditions };

/** What is wrong with each field: codes in, words out; a code without words of its own gets those of `error_field`. */
export function fieldTexts(fields: Record<string, string>, locale: string): Record<string, string> {
	const language = isLocale(locale) ? locale : baseLocale;
	return Object.fromEntries(
		Object.entries(fields).map(([name, code]) => [name, textOf(code, 'field')(limits, { locale: language })])
	);
}

function textOf(code: string, otherwise: string): Message {
	const messages = m as unknown as Record<string, Message | undefined>;
	return messages[`error_${code}`] ?? messages[`error_${otherwise}`]!;
}
