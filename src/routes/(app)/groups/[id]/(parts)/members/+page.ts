import { api } from '#lib/trpc.ts';
import { ordered } from '../../ordered.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, depends, parent, params: { id: groupId } }) => {
	depends('quits:group');
	const { group } = await parent();
	const { groups, invites } = api(fetch);
	const [balances, links] = await Promise.all([
		groups.balances.query({ groupId }),
		invites.list.query({ groupId })
	]);
	return { balances: ordered(group, balances), links };
};
