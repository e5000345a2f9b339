import { api } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, depends }) => {
	depends('quits:budgets');
	const { budgets, groups } = api(fetch);
	const [list, own] = await Promise.all([budgets.list.query(), groups.list.query()]);
	return { budgets: list, groups: own };
};
