import { api } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent }) => ({
	jobs: (await parent()).mayAdminister ? await api(fetch).admin.queues.list.query() : []
});
