import { tightest } from '#lib/budgets/overview.ts';
import { addDays } from '#lib/dates.ts';
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
	const [summary, recent, due, own, all] = await Promise.all([
		transactions.summary.query({ month, mine }),
		uploads.list.query({ limit: 4 }),
		recurring.due.query({ from: today, to: addDays(today, daysAhead) }),
		groups.list.query(),
		budgets.list.query()
	]);
	return {
		month,
		mine,
		summary,
		uploads: recent.items,
		due,
		groups: own.filter(({ archived }) => !archived),
		budgets: tightest(all, budgetsShown)
	};
};
