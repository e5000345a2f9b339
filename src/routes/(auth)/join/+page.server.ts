import { redirect } from '@sveltejs/kit';
import { app } from '#server/app.ts';
import type { PageServerLoad } from './$types';

/** Whether somebody is signed in already, and whether anybody without an account may make one. */
export const load: PageServerLoad = async ({ locals: { identity } }) => {
	const { db, config } = app();
	if ((await db.setup.count()) === 0) redirect(303, '/setup');
	return {
		name: identity?.by.kind === 'session' ? identity.user.name : null,
		maySignUp: config.signup !== 'closed'
	};
};
