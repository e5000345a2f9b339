import { choiceIn, datesOf, type Choice } from '#lib/reports/choice.ts';
import { api, errorData, type Outputs } from '#lib/trpc.ts';
import type { Direction } from '#lib/reports/sums.ts';

export type SpendingData = {
	choice: Choice;
	report: Outputs['reports']['spending'];
	/** Why there is no report, in words. */
	refused: string | null;
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
	const [answer, own] = await Promise.all([
		reported(
			{ from, to },
			reports.spending.query({
				...{ from, to, by, direction, mine },
				...(compare !== 'none' && from !== undefined && { compare }),
				...(account !== null && { accountId: account }),
				...(category !== null && { categoryId: category })
			})
		),
		accounts.list.query()
	]);
	return { choice, ...answer, accounts: own };
}

type Empty = { from: string | null; to: string | null; before: null; currencies: never[] };

/** What is asked for in an address may be refused: then the page says so, and stays, so that something else can be chosen. */
export async function reported<T>(
	{ from = null, to = null }: { from?: string | null | undefined; to?: string | null | undefined },
	report: Promise<T>
): Promise<{ report: T | Empty; refused: string | null }> {
	try {
		return { report: await report, refused: null };
	} catch (error) {
		const problem = errorData(error);
		if (problem?.code !== 'INVALID' || !(error instanceof Error)) throw error;
		return { report: { from, to, before: null, currencies: [] }, refused: error.message };
	}
}
