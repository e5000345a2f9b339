/** What a page of reports shows, as it stands in its address. */
import type { DateRange } from '../budgets/period.ts';
import { addDays, addMonths } from '../dates.ts';
import { comparisons, firstOf, isPlausible, lastOf, monthOf, type Comparison } from './period.ts';
import { dimensions, type Dimension } from './sums.ts';

export const periods = ['month', 'last-month', 'year', 'twelve', 'all', 'custom'] as const;
export type PeriodName = (typeof periods)[number];

export type Choice = {
	period: PeriodName;
	/** Of a custom period; null, as `to`: open. */
	from: string | null;
	to: string | null;
	compare: Comparison | 'none';
	by: Dimension;
	/** An upper-level group's key, a category's id, or `none`. */
	category: string | null;
	account: string | null;
	currency: string | null;
	mine: boolean;
};

/** What an address that says nothing asks for. */
export const usualChoice: Choice = {
	...{ period: 'month', from: null, to: null, compare: 'previous', by: 'category' },
	...{ category: null, account: null, currency: null, mine: false }
};

const isDate = (value: string | null): value is string =>
	value !== null && /^\d{4}-\d{2}-\d{2}$/.test(value) && addDays(value, 0) === value && isPlausible(value);
const oneOf = <T extends string>(list: readonly T[], value: string | null, otherwise: T): T =>
	list.find((one) => one === value) ?? otherwise;
const matching = (pattern: RegExp, value: string | null): string | null =>
	value !== null && pattern.test(value) ? value : null;

/** Reads an address; what makes no sense in it is left out. */
export function choiceIn(params: Pick<URLSearchParams, 'get'>): Choice {
	const [from, to] = [params.get('from'), params.get('to')].map((date) => (isDate(date) ? date : null));
	const isCustom = (from || to) && !(from && to && from > to);
	return {
		period: isCustom ? 'custom' : oneOf(periods.slice(0, -1), params.get('period'), usualChoice.period),
		from: (isCustom && from) || null,
		to: (isCustom && to) || null,
		compare: oneOf([...comparisons, 'none'], params.get('compare'), usualChoice.compare),
		by: oneOf(dimensions, params.get('by'), usualChoice.by),
		category: matching(/^[a-z0-9_-]{1,60}$/i, params.get('category')),
		account: matching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, params.get('account')),
		currency: matching(/^[A-Z]{3}$/, params.get('currency')),
		mine: params.get('mine') === '1'
	};
}

/** The query of an address, with a leading question mark even when it is empty. */
export function choiceQuery(choice: Choice): string {
	const params = new URLSearchParams();
	const isCustom = choice.period === 'custom';
	for (const key of ['period', 'from', 'to', 'compare', 'by', 'category', 'account', 'currency'] as const) {
		const value = choice[key];
		const isSaid = key === 'period' ? !isCustom : isCustom || (key !== 'from' && key !== 'to');
		if (value !== null && value !== usualChoice[key] && isSaid) params.set(key, value);
	}
	if (choice.mine) params.set('mine', '1');
	return `?${params}`;
}

/**
 * The dates of a period. One that is not over ends today, so that it is compared with as many days; without `start` or `end` it is
 * open there.
 */
export function datesOf({ period, from, to }: Choice, today: string): Partial<DateRange> {
	const month = monthOf(today);
	switch (period) {
		case 'month':
			return { start: firstOf(month), end: today };
		case 'last-month': {
			const last = monthOf(addMonths(firstOf(month), -1));
			return { start: firstOf(last), end: lastOf(last) };
		}
		case 'year':
			return { start: `${today.slice(0, 4)}-01-01`, end: today };
		case 'twelve':
			return { start: addMonths(firstOf(month), -11), end: today };
		case 'all':
			return {};
		case 'custom':
			return { ...(from !== null && { start: from }), ...(to !== null && { end: to }) };
	}
}
