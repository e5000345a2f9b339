import { api } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, depends }) => {
	depends('quits:exports');
	return { exports: (await api(fetch).exports.list.query()).items };
};
