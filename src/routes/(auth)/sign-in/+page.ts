import { redirect } from '@sveltejs/kit';
import { api } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch }) => {
	const { needsSetup, signup } = await api(fetch).auth.entry.query();
	if (needsSetup) redirect(303, '/setup');
	return { signup };
};
