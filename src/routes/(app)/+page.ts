import { overview, tightest } from '#lib/budgets/overview.ts';
import { addDays } from '#lib/dates.ts';
import { firstOf, lastOf } from '#lib/reports/period.ts';
import { api } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

const daysAhead = 14;
const budgetsShown = 3;

/** How the month asked for (or the latest) stands, what waits for a look, what comes next, the groups, the tightest budgets. */
export const load: PageLoad = async ({ fetch, depends, parent, url }) => {
	depends('quits:groups', 'quits:budgets');
	const { today } = await parent();
	const asked = url.searchParams.get('month') ?? '';
	const mine = url.searchParams.get('mine') === '1';
	const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(asked) ? asked : undefined;
	const { transactions, uploads, recurring, groups, budgets } = api(fetch);
	const [{ summary, byCategory }, recent, due, own, all] = await Promise.all([
		transactions.summary.query({ month, until: today, mine }).then(async (summary) => ({
			summary,
			byCategory: summary && (await categoriesOf(fetch, { month: summary.month, mine, today }))
		})),
		uploads.list.query({ limit: 4 }),
		recurring.due.query({ from: today, to: addDays(today, daysAhead) }),
		groups.list.query(),
		budgets.list.query()
	]);
	return {
		month,
		mine,
		summary,
		byCategory,
		/** What the budgets of the month come to, by currency. */
		planned: overview(all).filter(({ periodStart, periodEnd }) =>
			isMonth(summary?.month, periodStart, periodEnd)
		),
		uploads: recent.items,
		due,
		groups: own.filter(({ archived }) => !archived),
		budgets: tightest(all, budgetsShown)
	};
};

const isMonth = (month: string | undefined, start: string, end: string): boolean =>
	month !== undefined && start === firstOf(month) && end === lastOf(month);

type Month = { month: string; mine: boolean; today: string };

/** Where the money of a month went, with the month before beside it: of one that is not over, both up to the same day. */
function categoriesOf(fetcher: typeof fetch, { month, mine, today }: Month) {
	const [from, end] = [firstOf(month), lastOf(month)];
	const to = from <= today && today < end ? today : end;
	return api(fetcher).reports.spending.query({ from, to, by: 'category', compare: 'previous', mine });
}
