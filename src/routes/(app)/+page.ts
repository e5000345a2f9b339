import { addDays } from '#lib/dates.ts';
import { api } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

const daysAhead = 14;

/** How the latest month stands, what waits for a look, and what comes next. */
export const load: PageLoad = async ({ fetch, parent }) => {
	const { today } = await parent();
	const { transactions, uploads, recurring } = api(fetch);
	const [summary, recent, due] = await Promise.all([
		transactions.summary.query(),
		uploads.list.query({ limit: 4 }),
		recurring.due.query({ from: today, to: addDays(today, daysAhead) })
	]);
	return { summary, uploads: recent.items, due };
};
