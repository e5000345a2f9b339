import { error } from '@sveltejs/kit';
import { api, errorData } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, depends, params: { id } }) => {
	depends('quits:budgets');
	const { budgets, alerts, groups } = api(fetch);
	const [budget, history, raised, own] = await Promise.all([
		budgets.get.query({ id }).catch((problem: unknown) => {
			const code = errorData(problem)?.code;
			throw code === 'NOT_FOUND' || code === 'INVALID' ? error(404, 'not_found') : problem;
		}),
		budgets.history.query({ id }).catch(() => []),
		alerts.list.query({ budgetId: id, limit: 30 }).catch(() => null),
		groups.list.query()
	]);
	return {
		budget,
		history,
		alerts: raised?.items ?? [],
		group: own.find((group) => group.id === budget.groupId)
	};
};
