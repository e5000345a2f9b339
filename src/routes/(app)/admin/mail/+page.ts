import { api } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent }) => {
	if (!(await parent()).mayAdminister) return { mails: { items: [], nextCursor: null }, canMail: false };
	const { admin, auth } = api(fetch);
	const [mails, { canMail }] = await Promise.all([admin.outbox.list.query({}), auth.entry.query()]);
	return { mails, canMail };
};
