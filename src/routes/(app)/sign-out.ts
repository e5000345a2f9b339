import { forget } from '#lib/offline/kept.ts';
import { problemOf } from '#lib/problem.ts';
import { live } from '#lib/realtime/client.svelte.ts';
import { toasts } from '#lib/toast.svelte.ts';
import { api } from '#lib/trpc.ts';

/** Ends this session and goes to the sign-in page; when the server cannot be reached it says so and stays. */
export async function signOut(): Promise<void> {
	try {
		await api().auth.logout.mutate();
	} catch (error) {
		toasts.show(problemOf(error).message, { tone: 'bad' });
		return;
	}
	live.disconnect();
	await forget();
	location.assign('/sign-in');
}
