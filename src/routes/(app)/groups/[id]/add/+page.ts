import { offlineQueue } from '#lib/groups/offline-queue.svelte.ts';
import { api } from '#lib/trpc.ts';
import { suggestionsFrom } from '../expense-form/suggestions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent, params: { id }, url }) => {
	const { user } = await parent();
	const { items } = await api(fetch).expenses.list.query({ groupId: id, limit: 50 });
	const waiting = url.searchParams.get('waiting');
	return {
		suggestions: suggestionsFrom(items),
		/** What was added without a network and could not be taken as it is: to be mended. */
		waiting: waiting === null ? null : await offlineQueue.find(waiting, user.id)
	};
};
