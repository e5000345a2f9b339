/** Words for errors and reasons, in the language of whoever reads them. */
import { formatWait } from '#lib/i18n.ts';
import { m } from '#lib/paraglide/messages.js';
import { baseLocale, isLocale, type Locale } from '#lib/paraglide/runtime.js';

type Message = (params: Record<string, string | number>, options: { locale: Locale }) => string;

/** The text of `error_<code>`; for a code without words of its own, that of `error_unexpected`. `seconds` become a `wait` in words. */
export function reasonText(code: string, params: Record<string, string | number>, locale: string): string {
	const language = isLocale(locale) ? locale : baseLocale;
	const messages = m as unknown as Record<string, Message | undefined>;
	const message = messages[`error_${code}`] ?? messages['error_unexpected']!;
	const { seconds } = params;
	const wait = typeof seconds === 'number' && { wait: formatWait(seconds, { locale: language }) };
	return message({ ...params, ...wait }, { locale: language });
}
