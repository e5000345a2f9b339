import { api } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, depends }) => {
	depends('quits:uploads');
	return { uploads: await api(fetch).uploads.list.query() };
};
