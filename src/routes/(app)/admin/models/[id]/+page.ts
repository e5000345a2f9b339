import { error } from '@sveltejs/kit';
import { api, errorData } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent, params: { id }, depends }) => {
	depends('quits:models');
	if (!(await parent()).mayAdminister) return { version: null };
	const version = await api(fetch)
		.models.get.query({ id })
		.catch((problem: unknown) => {
			const code = errorData(problem)?.code;
			throw code === 'NOT_FOUND' || code === 'INVALID' ? error(404, 'not_found') : problem;
		});
	return { version };
};
