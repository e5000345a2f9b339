import { choiceIn, datesOf, type Choice } from '#lib/reports/choice.ts';
import { api, type Outputs } from '#lib/trpc.ts';
import type { Direction } from '#lib/reports/sums.ts';

export type SpendingData = {
	choice: Choice;
	report: Outputs['reports']['spending'];
	accounts: Outputs['accounts']['list'];
};

type Event = { fetch: typeof fetch; url: URL; parent: () => Promise<{ today: string }> };

/** What was spent or earned, as the address asks for it. */
export async function loadSpending(
	{ fetch, url, parent }: Event,
	direction: Direction
): Promise<SpendingData> {
	const { today } = await parent();
	const choice = choiceIn(url.searchParams);
	const { start: from, end: to } = datesOf(choice, today);
	const { by, compare, account, category, mine } = choice;
	const { reports, accounts } = api(fetch);
	const [report, own] = await Promise.all([
		reports.spending.query({
			...{ from, to, by, direction, mine },
			...(compare !== 'none' && from !== undefined && { compare }),
			...(account !== null && { accountId: account }),
			...(category !== null && { categoryId: category })
		}),
		accounts.list.query()
	]);
	return { choice, report, accounts: own };
}
