import { api } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch }) => ({ webhooks: await api(fetch).webhooks.list.query() });
