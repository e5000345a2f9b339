import { goto } from '$app/navigation';
import { downloadHref } from '#lib/exports/downloads.ts';
import { m } from '#lib/paraglide/messages.js';
import type { ExportProgress } from '#lib/realtime/events.ts';
import { toasts } from '#lib/toast.svelte.ts';

/** Says on whatever page is open that an export has been prepared, or could not be. Browser only. */
export function tellExport({ exportId, status, filename: name }: ExportProgress): void {
	if (status === 'done') {
		toasts.show(m.exports_ready({ name }), {
			...{ tone: 'good', seconds: 20 },
			action: { label: m.exports_download(), run: () => location.assign(downloadHref(exportId)) }
		});
	}
	if (status === 'failed') {
		toasts.show(m.exports_not_ready({ name }), {
			tone: 'bad',
			action: { label: m.exports_show(), run: () => goto('/exports') }
		});
	}
}
