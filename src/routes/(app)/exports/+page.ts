import { api } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, depends, data }) => {
	depends('quits:exports');
	return { ...data, exports: (await api(fetch).exports.list.query()).items };
};
