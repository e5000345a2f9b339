import { api } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, depends, parent, params: { id: groupId } }) => {
	depends('quits:group');
	await parent();
	return { budgets: await api(fetch).budgets.ofGroup.query({ groupId }) };
};
