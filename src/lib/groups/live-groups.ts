/** For pages that show something of all groups of a person. Browser only. */
import { untrack } from 'svelte';
import { live } from '#lib/realtime/client.svelte.ts';
import { Refresh } from '#lib/refresh.ts';
import { reload } from '#lib/reload.ts';

/** Begins to load what depends on `quits:groups` again whenever something in any of them changes. Returns how to stop. */
export function watchGroups(): () => void {
	const refresh = new Refresh(() => reload('quits:groups'));
	const ask = () => void refresh.ask();
	const stops = [live.on('group:changed', ask), live.on('group:left', ask)];
	// What happened since the page was loaded was heard by nobody.
	if (untrack(() => live.state) === 'connected') ask();
	return () => {
		stops.forEach((stop) => stop());
		refresh.stop();
	};
}
