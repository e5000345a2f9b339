import { live } from '#lib/realtime/client.svelte.ts';
import { reload } from '#lib/reload.ts';

/** Loads what is shown of models again whenever one of them has moved. Returns how to stop. */
export function followModels(): () => void {
	const loadAgain = () => void reload('quits:models');
	// What happened since the page was loaded was heard by nobody.
	const stops = [live.on('model:progress', loadAgain), live.onConnect(loadAgain)];
	return () => stops.forEach((stop) => stop());
}
