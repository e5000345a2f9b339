import { invalidate } from '$app/navigation';
import { live } from '#lib/realtime/client.svelte.ts';

/** Loads what is shown of models again whenever one of them has moved. Returns how to stop. */
export function followModels(): () => void {
	const reload = () => void invalidate('quits:models');
	// What happened since the page was loaded was heard by nobody.
	const stops = [live.on('model:progress', reload), live.onConnect(reload)];
	return () => stops.forEach((stop) => stop());
}
