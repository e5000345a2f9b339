import { api } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch }) => {
	const { alerts, auth, reports } = api(fetch);
	const [channels, monthly, { canMail }] = await Promise.all([
		alerts.channels.query(),
		reports.monthly.query(),
		auth.entry.query()
	]);
	return { channels, monthly, canMail };
};
