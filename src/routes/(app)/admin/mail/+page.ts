import { api } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent }) => {
	if (!(await parent()).mayAdminister) return { mails: { items: [], nextCursor: null } };
	return { mails: await api(fetch).admin.outbox.list.query({}) };
};
