/** How much of a budget is used, in words. A limit can be zero or less: earlier periods have used it up. Amounts are minor units. */
import { formatAmount, formatPercent, type Locale } from '#lib/i18n.ts';
import { m } from '#lib/paraglide/messages.js';
import { mostPercent } from './thresholds.ts';

type In = { locale?: Locale };
type Used = { spent: number; limit: number; currency: string };

/** "83%"; what is not counted any further is "more than 9,999%". */
export function percentText(percent: number, options: In = {}): string {
	const text = formatPercent(Math.min(percent, mostPercent) / 100, options);
	return percent < mostPercent ? text : m.budgets_more_than({ percent: text }, options);
}

/** Whether there was nothing to spend from the first day on. */
export const wasUsedUp = ({ limit }: Pick<Used, 'limit'>): boolean => limit <= 0;

/** "€40.00 of €100.00"; where nothing may be spent, that it is so. */
export function spentOfText({ spent, limit, currency }: Used, options: In = {}): string {
	const said = formatAmount(spent, currency, options);
	if (wasUsedUp({ limit })) return m.budgets_spent_used_up({ spent: said }, options);
	return m.budgets_spent_of({ spent: said, limit: formatAmount(limit, currency, options) }, options);
}
