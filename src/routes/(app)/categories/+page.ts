import { api } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, depends, parent }) => {
	depends('quits:categories');
	const { today } = await parent();
	const month = today.slice(0, 7);
	return { month, usage: await api(fetch).categories.usage.query({ month }) };
};
