/** For pages that show how budgets stand. Browser only. */
import { untrack } from 'svelte';
import { live } from '#lib/realtime/client.svelte.ts';
import { Refresh } from '#lib/refresh.ts';
import { reload } from '#lib/reload.ts';

/** Begins to load what depends on `quits:budgets` again whenever spending has moved elsewhere. Returns how to stop. */
export function watchBudgets(): () => void {
	const refresh = new Refresh(() => reload('quits:budgets'));
	const ask = () => void refresh.ask();
	const stops = [
		live.on('alert:raised', ask),
		live.on('budgets:changed', ask),
		live.on('group:changed', ask),
		live.on('group:left', ask)
	];
	// What happened since the page was loaded was heard by nobody.
	if (untrack(() => live.state) === 'connected') ask();
	return () => {
		stops.forEach((stop) => stop());
		refresh.stop();
	};
}
