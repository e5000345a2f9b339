import { error } from '@sveltejs/kit';
import { api, errorData } from '#lib/trpc.ts';
import type { LayoutLoad } from './$types';

/** One expense with its history, for looking at it and for changing it. */
export const load: LayoutLoad = async ({ fetch, depends, parent, params: { id: groupId, expenseId } }) => {
	depends('quits:group');
	await parent();
	const { expenses, groups } = api(fetch);
	const [expense, history] = await Promise.all([
		expenses.get.query({ id: expenseId }),
		groups.activity.query({ groupId, subjectId: expenseId })
	]).catch((problem: unknown) => {
		const code = errorData(problem)?.code;
		throw code === 'NOT_FOUND' || code === 'INVALID' ? error(404, 'not_found') : problem;
	});
	// By an address that somebody has put together, it could be of another group.
	if (expense.groupId !== groupId) error(404, 'not_found');
	return { expense, history };
};
