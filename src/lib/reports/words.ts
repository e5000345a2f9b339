/** Reports in words: their periods, and the answer at the top. */
import type { DateRange } from '#lib/budgets/period.ts';
import { formatAmount, formatDate, formatMonth, formatPercent } from '#lib/i18n.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Bucket } from './buckets.ts';
import { firstOf, lastOf, monthOf } from './period.ts';
import type { Direction } from './sums.ts';

/** "in November 2026", "in 2026 so far", "on 3 Mar 2026", "from 3 Mar to 5 May 2026". */
export function whenText({ start, end }: DateRange, today: string): string {
	const month = formatDate(start, { style: 'month' });
	const isSoFar = end === today;
	if (start === firstOf(monthOf(end))) {
		if (end === lastOf(monthOf(end))) return m.reports_in_month({ month });
		if (isSoFar) return m.reports_in_month_so_far({ month });
	}
	const year = start.slice(0, 4);
	if (start === `${year}-01-01` && end.startsWith(year)) {
		if (end.endsWith('-12-31')) return m.reports_in_year({ year });
		if (isSoFar) return m.reports_in_year_so_far({ year });
	}
	if (start === end) return m.reports_on_day({ date: formatDate(start) });
	const from = formatDate(start, { style: end.startsWith(year) ? 'day' : 'short' });
	return m.reports_in_range({ from, to: formatDate(end) });
}

const answers = {
	out: { alone: m.reports_spent, compared: m.reports_spent_compared, same: m.reports_spent_same },
	in: { alone: m.reports_earned, compared: m.reports_earned_compared, same: m.reports_earned_same }
};

export const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

type Answered = {
	direction: Direction;
	currency: string;
	total: { amount: number; before?: number };
	range: DateRange;
	before: DateRange | null;
	today: string;
};

/** "You spent 1,284.20 € in November 2026, 12% less than in October 2026." */
export function answerText({ direction, currency, total, range, before, today }: Answered): string {
	const { alone, compared, same } = answers[direction];
	const amount = formatAmount(total.amount, currency);
	const when = whenText(range, today);
	const change = changeText(total);
	if (!before || change === null) return capital(alone({ amount, when }));
	const inputs = { amount, when, before: whenText(before, today) };
	return capital(change === '' ? same(inputs) : compared({ ...inputs, change }));
}

/** "12% less", empty where it is as much; null where there is nothing to compare with. */
export function changeText({ amount, before }: { amount: number; before?: number }): string | null {
	if (before === undefined || before <= 0) return null;
	const change = (amount - before) / before;
	const percent = formatPercent(Math.abs(change));
	if (percent === formatPercent(0)) return '';
	return change < 0 ? m.reports_less({ percent }) : m.reports_more({ percent });
}

/** "November 2026", "Q4 2026", "2026". */
export function bucketText({ size, start }: Bucket<unknown>): string {
	if (size === 1) return formatDate(start, { style: 'month' });
	const year = start.slice(0, 4);
	return size === 3 ? m.reports_quarter({ quarter: Math.ceil(Number(start.slice(5, 7)) / 3), year }) : year;
}

/** The same where there is little room: "Nov", "Q4 26", "2026". */
export function shortBucketText({ size, start }: Bucket<unknown>): string {
	if (size === 12) return start.slice(0, 4);
	const year = start.slice(2, 4);
	if (size === 3) return m.reports_quarter({ quarter: Math.ceil(Number(start.slice(5, 7)) / 3), year });
	const month = formatMonth(start);
	return start.slice(5, 7) === '01' ? `${month} ${year}` : month;
}
