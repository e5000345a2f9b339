import { api } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch }) => {
	const { alerts, auth } = api(fetch);
	const [channels, { canMail }] = await Promise.all([alerts.channels.query(), auth.entry.query()]);
	return { channels, canMail };
};
