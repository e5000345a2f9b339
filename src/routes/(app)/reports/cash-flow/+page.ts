import { choiceIn, datesOf } from '#lib/reports/choice.ts';
import { api } from '#lib/trpc.ts';
import { reported } from '../load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, depends, url, parent }) => {
	depends('quits:transactions');
	const { today } = await parent();
	// A month alone shows no flow.
	const choice = choiceIn(
		url.searchParams.has('period') || url.searchParams.has('from') ? url.searchParams : twelve(url)
	);
	const { start: from, end: to } = datesOf(choice, today);
	const { reports, accounts } = api(fetch);
	const [answer, own] = await Promise.all([
		reported(
			{ from, to },
			reports.cashFlow.query({
				...{ from, to, mine: choice.mine },
				...(choice.compare !== 'none' && from !== undefined && { compare: choice.compare })
			})
		),
		accounts.list.query()
	]);
	return { choice, ...answer, accounts: own };
};

function twelve({ searchParams }: URL): URLSearchParams {
	const params = new URLSearchParams(searchParams);
	params.set('period', 'twelve');
	return params;
}
