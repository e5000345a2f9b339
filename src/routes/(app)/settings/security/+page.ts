import { api } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent }) => {
	const { auth } = api(fetch);
	const { mustEnrol } = await parent();
	// Until there is a second factor nothing else answers.
	if (mustEnrol) return { mfa: await auth.mfa.status.query(), ways: null };
	const [mfa, passkeys, sessions, tokens] = await Promise.all([
		auth.mfa.status.query(),
		auth.passkeys.list.query(),
		auth.sessions.list.query(),
		auth.tokens.list.query()
	]);
	return { mfa, ways: { passkeys, sessions, tokens } };
};
