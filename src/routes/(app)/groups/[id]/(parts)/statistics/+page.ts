import { api } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, depends, parent, params: { id: groupId } }) => {
	depends('quits:group');
	await parent();
	return { statistics: await api(fetch).reports.group.query({ groupId }) };
};
