import { api } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch }) => {
	const { canMail } = await api(fetch).auth.entry.query();
	return { canMail };
};
