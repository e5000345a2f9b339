import { api } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch }) => {
	const { review, accounts } = api(fetch);
	const [first, own] = await Promise.all([review.list.query(), accounts.list.query()]);
	return { first, accounts: own };
};
