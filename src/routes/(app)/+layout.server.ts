import { redirect } from '@sveltejs/kit';
import { today } from '#lib/i18n.ts';
import { app } from '#server/app.ts';
import { publicUser } from '#server/auth/user.ts';
import { categoriesOf } from '#server/categories/book.ts';
import { countUnread } from '#server/notifications/unread.ts';
import type { LayoutServerLoad } from './$types';

/** Where a second factor is added: all that is open to somebody who must have one and has none. */
const enrolPage = '/settings/security';

/** Who is signed in, for every page of theirs; anyone else is sent to sign in, or to set Quits up. */
export const load: LayoutServerLoad = async ({ locals: { identity }, url, depends }) => {
	depends('quits:unread');
	depends('quits:categories');
	const { db } = app();
	if (identity?.by.kind !== 'session') {
		if ((await db.setup.count()) === 0) redirect(303, '/setup');
		redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname + url.search)}`);
	}
	const { user, mustEnrol } = identity;
	if (mustEnrol && url.pathname !== enrolPage) redirect(303, enrolPage);
	return {
		user: publicUser(user),
		mustEnrol,
		timeZone: user.timeZone,
		today: today(user.timeZone),
		unread: await countUnread(db, user.id),
		categories: await categoriesOf(db, user.id)
	};
};
