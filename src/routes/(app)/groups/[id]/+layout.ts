import { error } from '@sveltejs/kit';
import { api, errorData } from '#lib/trpc.ts';
import type { LayoutLoad } from './$types';

/**
 * The group that all pages below are about. They depend on `quits:group` too and load after it (`await parent()`): then what they
 * show is at least as new as the revision it names, and an event with a higher one means that something is missing.
 */
export const load: LayoutLoad = async ({ fetch, depends, params: { id } }) => {
	depends('quits:group');
	const group = await api(fetch)
		.groups.get.query({ groupId: id })
		.catch((problem: unknown) => {
			const code = errorData(problem)?.code;
			throw code === 'NOT_FOUND' || code === 'INVALID' ? error(404, 'not_found') : problem;
		});
	return { group };
};
