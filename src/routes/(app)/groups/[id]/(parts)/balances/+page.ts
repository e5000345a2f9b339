import { api } from '#lib/trpc.ts';
import { ordered } from '../../ordered.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, depends, parent, params: { id: groupId } }) => {
	depends('quits:group');
	const { group } = await parent();
	const { groups, settlements } = api(fetch);
	const [balances, paid, fromBank] = await Promise.all([
		groups.balances.query({ groupId }),
		settlements.list.query({ groupId }),
		// A hint from one's own accounts: in a request of its own, because it is not kept for when there is no network.
		api(fetch)
			.settlements.suggestions.query({ groupId })
			.catch(() => [])
	]);
	return { balances: ordered(group, balances), settlements: paid, fromBank };
};
