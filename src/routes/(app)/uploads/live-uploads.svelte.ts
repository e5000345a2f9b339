/** What events tell of uploads between two loads. */
import { live } from '#lib/realtime/client.svelte.ts';
import type { UploadCounts } from '#lib/realtime/events.ts';
import { reload } from '#lib/reload.ts';
import type { Outputs } from '#lib/trpc.ts';

export type Upload = Outputs['uploads']['get'];

export class LiveUploads {
	#moved: Record<string, UploadCounts> = $state.raw({});

	/** Begins to listen: events move the bar of an import that runs, and load the page again for anything else. */
	listen(): () => void {
		const loadAgain = () => void reload('quits:uploads');
		const stops = [
			live.on('upload:progress', ({ uploadId, ...counts }) => {
				this.#moved = { ...this.#moved, [uploadId]: counts };
				if (counts.status !== 'importing' || counts.rowsDone === 0) loadAgain();
			}),
			live.on('upload:done', loadAgain)
		];
		// What happened since the page was loaded was heard by nobody.
		loadAgain();
		return () => stops.forEach((stop) => stop());
	}

	/** The upload as it stands: what was loaded, moved on by later events of the same import. */
	at(upload: Upload): Upload {
		const counts = this.#moved[upload.id];
		const isLater =
			upload.status === 'importing' && counts?.status === 'importing' && counts.rowsDone > upload.rowsDone;
		return isLater ? { ...upload, ...counts } : upload;
	}
}
