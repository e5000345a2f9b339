import { api } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, depends }) => {
	depends('quits:groups');
	return { groups: await api(fetch).groups.list.query() };
};
