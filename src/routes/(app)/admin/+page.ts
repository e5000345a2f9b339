import { api } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent }) => {
	if (!(await parent()).mayAdminister) return { people: [], invites: [], settings: { mfaRequired: false } };
	const { admin } = api(fetch);
	const [people, invites, settings] = await Promise.all([
		admin.users.list.query(),
		admin.invites.list.query(),
		admin.settings.get.query()
	]);
	return { people, invites, settings };
};
