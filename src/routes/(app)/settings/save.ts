import { refreshAll } from '$app/navigation';
import { m } from '#lib/paraglide/messages.js';
import { problemOf } from '#lib/problem.ts';
import { toasts } from '#lib/toast.svelte.ts';
import { api, type Inputs } from '#lib/trpc.ts';

/** Saves one or more settings at once and says so. Answers whether it worked; if not, the person has been told why. */
export async function saveProfile(change: Inputs['auth']['updateProfile']): Promise<boolean> {
	try {
		await api().auth.updateProfile.mutate(change);
	} catch (error) {
		toasts.show(problemOf(error).message, { tone: 'bad' });
		return false;
	}
	await refreshAll();
	toasts.show(m.settings_saved(), { tone: 'good' });
	return true;
}
