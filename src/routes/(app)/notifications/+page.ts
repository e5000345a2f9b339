import { api } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch }) => ({
	notifications: await api(fetch).notifications.list.query({ limit: 30 })
});
