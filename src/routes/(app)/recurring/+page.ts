import { addDays, addMonths } from '#lib/dates.ts';
import { api } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, depends, parent, url }) => {
	depends('quits:recurring');
	const asked = url.searchParams.get('month') ?? '';
	const { today } = await parent();
	const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(asked) ? asked : today.slice(0, 7);
	const from = `${month}-01`;
	const { recurring } = api(fetch);
	const [found, dismissed, due] = await Promise.all([
		recurring.list.query(),
		recurring.list.query({ dismissed: true }),
		recurring.due.query({ from, to: addDays(addMonths(from, 1), -1) })
	]);
	return { found, dismissed, month, due };
};
