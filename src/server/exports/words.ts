import type { Words } from '#lib/exports/document.ts';
import { formatDate, type Locale } from '#lib/i18n.ts';
import { m } from '#lib/paraglide/messages.js';

/** The words of a document in a language. What stands in braces is filled in by whoever writes it. */
export function wordsIn(locale: Locale, madeOn: string): Words {
	const options = { locale };
	return {
		made: m.exports_made({ date: formatDate(madeOn, options) }, options),
		page: m.exports_page({ page: '{page}', pages: '{pages}' }, options),
		summary: m.exports_summary({}, options),
		currency: m.exports_currency({}, options),
		spent: m.exports_spent({}, options),
		earned: m.exports_earned({}, options),
		moved: m.exports_moved({}, options),
		count: m.exports_count({}, options),
		group: m.exports_group({}, options),
		category: m.exports_category({}, options),
		chart: m.exports_chart({ currency: '{currency}' }, options),
		total: m.exports_total({}, options),
		replaced: m.exports_replaced({}, options)
	};
}

/** The time between two dates, either of which may be open, in words. */
export function periodText(
	{ from, to }: { from?: string | undefined; to?: string | undefined },
	locale: Locale
): string {
	const options = { locale };
	if (from && to)
		return m.exports_from_to({ from: formatDate(from, options), to: formatDate(to, options) }, options);
	if (from) return m.exports_since({ date: formatDate(from, options) }, options);
	if (to) return m.exports_until({ date: formatDate(to, options) }, options);
	return m.exports_any_time({}, options);
}
