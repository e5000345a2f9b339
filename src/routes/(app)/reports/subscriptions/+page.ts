import { api } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, depends }) => {
	depends('quits:recurring');
	return { subscriptions: await api(fetch).reports.subscriptions.query() };
};
