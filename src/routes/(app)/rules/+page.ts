import { api } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

/** `?from=ID` begins a rule for transactions like that one. */
export const load: PageLoad = async ({ fetch, depends, url }) => {
	depends('quits:rules');
	const { rules, accounts, groups, transactions } = api(fetch);
	const from = url.searchParams.get('from');
	const [list, own, all, like] = await Promise.all([
		rules.list.query(),
		accounts.list.query(),
		groups.list.query(),
		from ? transactions.get.query({ id: from }).catch(() => null) : null
	]);
	return { rules: list, accounts: own, groups: all, like };
};
