/** The rows of a report as bars, and where each leads. */
import type { DateRange } from '#lib/budgets/period.ts';
import { isCategoryGroup } from '#lib/categories.ts';
import { areaColour, areaName, categoryName, groupOf } from '#lib/my-categories.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Choice } from '#lib/reports/choice.ts';
import type { Direction } from '#lib/reports/sums.ts';
import { byGroup } from '#lib/reports/groups.ts';
import type { Bar } from '#lib/components/charts/Bars.svelte';
import type { Outputs } from '#lib/trpc.ts';
import { filterQuery } from '../transactions/filter.ts';

export type Shown = Outputs['reports']['spending']['currencies'][number];
export type Row = Bar & { count: number };

type Setting = {
	shown: Shown;
	direction: Direction;
	choice: Choice;
	range: DateRange;
	accounts: Outputs['accounts']['list'];
	hrefOf: (change: Partial<Choice>) => string;
};

/** Categories come by their upper-level group first; one of those opens its categories, a category its merchants. */
export function rowsOf({ shown, direction, choice, range, accounts, hrefOf }: Setting): Row[] {
	const { by, category, account } = choice;
	if (by === 'category' && category === null) return groupRows(shown, hrefOf).map(withoutEmpty);
	const rows = shown.rows.map(({ key, name, amount, before, count }): Row => {
		const numbers = { key: key ?? 'none', amount, before, count };
		if (by === 'category') {
			return {
				...numbers,
				label: categoryName(key),
				cat: (key && groupOf(key)) ?? 'none',
				href: hrefOf({ category: key ?? 'none', by: 'merchant' })
			};
		}
		if (by === 'account') {
			const label = accounts.find(({ id }) => id === key)?.name ?? '?';
			return { ...numbers, label, href: hrefOf({ account: key, by: 'category' }) };
		}
		// The list can be narrowed to a merchant, not to none.
		if (!key) return { ...numbers, label: m.reports_no_merchant() };
		const filter = {
			...{ from: range.start, to: range.end, currency: shown.currency, direction, merchantKey: key },
			...(category && { categoryId: category }),
			...(account && { accountId: account })
		};
		return { ...numbers, label: name ?? '', href: `/transactions${filterQuery(filter)}` };
	});
	return rows.map(withoutEmpty);
}

/** What had something only in the time before has nothing below it. */
const withoutEmpty = (row: Row): Row => (row.count > 0 ? row : { ...row, href: undefined });

const groupRows = (shown: Shown, hrefOf: Setting['hrefOf']): Row[] =>
	byGroup(shown.rows, (id) => groupOf(id)).map((row): Row => ({
		...{ ...row, cat: areaColour(row.key), label: areaName(row.key) },
		href: hrefOf({ category: row.key, by: isCategoryGroup(row.key) ? 'category' : 'merchant' })
	}));

/** The merchants that are not told of one by one. */
export const restRow = ({ rest }: Shown, text: (count: number) => string): Row[] =>
	rest
		? [{ key: '…', label: text(rest.merchants), amount: rest.amount, before: rest.before, count: rest.count }]
		: [];

export const titleOf = ({ by }: Choice): string =>
	({
		category: m.reports_by_category,
		merchant: m.reports_by_merchant,
		account: m.reports_by_account,
		month: m.reports_by_month
	})[by]();
