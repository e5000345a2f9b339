import { error } from '@sveltejs/kit';
import type { LayoutLoad } from './$types';

/** For admins; to anybody else there is nothing here. Whether they may look also takes a second factor. */
export const load: LayoutLoad = async ({ parent }) => {
	const { user } = await parent();
	if (user.role !== 'admin') error(404, 'not_found');
	return { mayAdminister: user.hasMfa };
};
