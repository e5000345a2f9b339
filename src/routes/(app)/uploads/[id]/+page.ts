import { error } from '@sveltejs/kit';
import { api, errorData } from '#lib/trpc.ts';
import { isWaiting } from '#lib/uploads.ts';
import type { PageLoad } from './$types';
import { outcomeIn } from './outcome.ts';

export const load: PageLoad = async ({ fetch, depends, params: { id }, url }) => {
	depends('quits:uploads');
	const { uploads, accounts } = api(fetch);
	const upload = await uploads.get.query({ id }).catch((problem: unknown) => {
		const code = errorData(problem)?.code;
		throw code === 'NOT_FOUND' || code === 'INVALID' ? error(404, 'not_found') : problem;
	});
	const outcome = upload.status === 'done' ? outcomeIn(url.searchParams) : null;
	const [understood, own, rows] = await Promise.all([
		isWaiting(upload.status) ? uploads.detection.query({ id }) : null,
		accounts.list.query(),
		outcome && uploads.rows.query({ id, outcome })
	]);
	return { upload, understood, accounts: own.filter(({ archived }) => !archived), outcome, rows };
};
