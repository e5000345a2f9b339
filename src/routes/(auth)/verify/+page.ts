import { api } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch }) => {
	const { signup } = await api(fetch).auth.entry.query();
	return { signup };
};
