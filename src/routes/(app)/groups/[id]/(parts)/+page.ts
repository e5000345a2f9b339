import { api } from '#lib/trpc.ts';
import { ordered } from '../ordered.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, depends, parent, params: { id: groupId }, url }) => {
	depends('quits:group');
	const q = (url.searchParams.get('q') ?? '').trim().slice(0, 200);
	const { group } = await parent();
	const { expenses, settlements, groups, schedules } = api(fetch);
	const [first, paid, balances, again] = await Promise.all([
		expenses.list.query({ groupId, ...(q && { q }) }),
		settlements.list.query({ groupId }),
		groups.balances.query({ groupId }),
		schedules.list.query({ groupId })
	]);
	return {
		q,
		expenses: first,
		settlements: paid,
		balances: ordered(group, balances),
		schedules: again
	};
};
