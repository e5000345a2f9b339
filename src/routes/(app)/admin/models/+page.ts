import { api } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent, depends }) => {
	depends('quits:models');
	if (!(await parent()).mayAdminister) return { versions: [], sources: { people: 0, corrections: 0 } };
	const { models } = api(fetch);
	const [versions, sources] = await Promise.all([models.list.query(), models.sources.query()]);
	return { versions, sources };
};
