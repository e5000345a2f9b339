/** What events tell of exports between two loads. */
import { live } from '#lib/realtime/client.svelte.ts';
import type { ExportProgress } from '#lib/realtime/events.ts';
import { reload } from '#lib/reload.ts';
import type { Outputs } from '#lib/trpc.ts';

export type Export = Outputs['exports']['list']['items'][number];

export class LiveExports {
	#moved: Record<string, ExportProgress> = $state.raw({});

	/** Begins to listen: events move the bar of an export that is being written, and load the list again for anything else. */
	listen(): () => void {
		const loadAgain = () => void reload('quits:exports');
		const stop = live.on('export:progress', (event) => {
			const before = this.#moved[event.exportId];
			if (before && before.revision >= event.revision) return;
			this.#moved = { ...this.#moved, [event.exportId]: event };
			if (event.status !== 'writing' || before?.status !== 'writing') loadAgain();
		});
		// What happened since the page was loaded was heard by nobody.
		loadAgain();
		return stop;
	}

	/** The export as it stands: what was loaded, moved on by later events of the same writing. */
	at(one: Export): Export {
		const moved = this.#moved[one.id];
		const isLater = one.status === 'writing' && moved?.status === 'writing' && moved.revision > one.revision;
		return isLater ? { ...one, ...moved } : one;
	}
}
