/** Budgets, their periods and how they stand, in words. */
import { addDays, addMonths, daysBetween, lastDayOfMonth } from '#lib/dates.ts';
import { formatAmount, formatDate, formatNumber, formatPercent, formatWeekday } from '#lib/i18n.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Period } from './period.ts';
import { spentOfText } from './used.ts';

type Range = { periodStart: string; periodEnd: string };
type Status = Range & {
	beginsOn?: string | null;
	amount: number;
	carried: number;
	remaining: number;
	forecast: number;
	otherCurrencies: readonly { currency: string; count: number }[];
};

/** "monthly", "weekly from Sunday", "yearly from 6 Apr", "every 10 days". */
export function periodText(period: Period): string {
	switch (period.kind) {
		case 'weekly':
			return m.budgets_weekly({ weekday: formatWeekday(period.weekStart) });
		case 'monthly':
			return period.day === 1 ? m.budgets_monthly() : m.budgets_monthly_from({ day: period.day });
		case 'quarterly':
			return isPlain(period) ? m.budgets_quarterly() : m.budgets_quarterly_from({ date: dayOf(period) });
		case 'yearly':
			return isPlain(period) ? m.budgets_yearly() : m.budgets_yearly_from({ date: dayOf(period) });
		case 'custom':
			return m.budgets_custom({ count: period.days, number: formatNumber(period.days) });
	}
}

const isPlain = ({ month, day }: { month: number; day: number }): boolean => month === 1 && day === 1;

/** A leap year, so that 29 February has a name too. */
const dayOf = ({ month, day }: { month: number; day: number }): string =>
	formatDate(`2024-${pad(month)}-${pad(Math.min(day, lastDayOfMonth(2024, month)))}`, { style: 'day' });
const pad = (value: number): string => String(value).padStart(2, '0');

/** "November 2026" where it is just that, else "16 Oct to 15 Nov 2026". */
export function rangeText({ periodStart, periodEnd }: Range): string {
	const isMonth = periodStart.endsWith('-01') && addDays(addMonths(periodStart, 1), -1) === periodEnd;
	if (isMonth) return formatDate(periodStart, { style: 'month' });
	const isOneYear = periodStart.slice(0, 4) === periodEnd.slice(0, 4);
	return m.budgets_range({
		from: formatDate(periodStart, { style: isOneYear ? 'day' : 'short' }),
		to: formatDate(periodEnd)
	});
}

const questions: Record<Period['kind'], () => string> = {
	weekly: m.budgets_question_week,
	monthly: m.budgets_question_month,
	quarterly: m.budgets_question_quarter,
	yearly: m.budgets_question_year,
	custom: m.budgets_question_period
};

/** "Where does this month stand?" */
export const questionOf = (kind: Period['kind']): string => questions[kind]();

/** "9 days left"; on the last one, that it is the last. */
export function daysLeftText(today: string, periodEnd: string): string {
	const count = Math.max(0, daysBetween(today, periodEnd));
	return count === 0 ? m.budgets_last_day() : m.budgets_days_left({ count, number: formatNumber(count) });
}

/** How much of a period is over on a day, that day included: 0 to 1. */
export function elapsedOf({ periodStart, periodEnd }: Range, today: string): number {
	const days = daysBetween(periodStart, periodEnd) + 1;
	return Math.min(1, Math.max(0, (daysBetween(periodStart, today) + 1) / days));
}

/** "112.30 € left", "12.00 € over". */
export function leftText(remaining: number, currency: string): string {
	if (remaining === 0) return m.budgets_nothing_left();
	const amount = formatAmount(Math.abs(remaining), currency);
	return remaining > 0 ? m.budgets_left({ amount }) : m.budgets_over({ amount });
}

/** "At this pace 412.00 € by 30 Nov, 12.00 € over", "Begins 15 Jan". */
export function forecastText(
	{ beginsOn, amount, carried, forecast, periodEnd }: Omit<Status, 'otherCurrencies' | 'remaining'>,
	currency: string
): string {
	if (beginsOn) return m.budgets_begins({ date: formatDate(beginsOn, { style: 'day' }) });
	const difference = amount + carried - forecast;
	const said = {
		sum: formatAmount(forecast, currency),
		date: formatDate(periodEnd, { style: 'day' }),
		amount: formatAmount(Math.abs(difference), currency)
	};
	if (difference === 0) return m.budgets_pace_even(said);
	return difference > 0 ? m.budgets_pace_left(said) : m.budgets_pace_over(said);
}

/** "Not counted: 2 payments in USD". Null when there are none. */
export function otherCurrenciesText({ otherCurrencies }: Pick<Status, 'otherCurrencies'>): string | null {
	if (otherCurrencies.length === 0) return null;
	const list = otherCurrencies.map(({ currency, count }) =>
		m.budgets_payments_in({ count, number: formatNumber(count), currency })
	);
	return m.budgets_not_counted({ list: list.join(', ') });
}

/** What the bar shows, for those who hear it. */
export const barText = (
	{ spent, ...status }: Omit<Status, 'otherCurrencies'> & { spent: number },
	currency: string
): string =>
	[
		spentOfText({ spent, limit: status.amount + status.carried, currency }),
		leftText(status.remaining, currency),
		forecastText(status, currency)
	].join('. ');

/** "50%, 80% and 100%". */
export const thresholdsText = (thresholds: readonly number[]): string =>
	thresholds.length === 0
		? m.budgets_no_thresholds()
		: thresholds.map((threshold) => formatPercent(threshold / 100)).join(', ');
