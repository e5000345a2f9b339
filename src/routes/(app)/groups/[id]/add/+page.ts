import { api } from '#lib/trpc.ts';
import { suggestionsFrom } from '../expense-form/suggestions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent, params: { id } }) => {
	await parent();
	const { items } = await api(fetch).expenses.list.query({ groupId: id, limit: 50 });
	return { suggestions: suggestionsFrom(items) };
};
