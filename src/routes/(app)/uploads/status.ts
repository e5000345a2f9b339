import { formatNumber } from '#lib/i18n.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Upload } from './live-uploads.svelte.ts';

/** "3,412 of 10,000 rows, 2 duplicates so far". */
export const progressText = ({ rowsDone, rowsTotal, duplicates, rejected }: Upload): string =>
	[
		m.uploads_rows_done({ done: formatNumber(rowsDone), total: formatNumber(rowsTotal) }),
		duplicates > 0 && m.uploads_duplicates_so_far({ count: duplicates, number: formatNumber(duplicates) }),
		rejected > 0 && m.uploads_rejected_so_far({ count: rejected, number: formatNumber(rejected) })
	]
		.filter(Boolean)
		.join(', ');

/** Where an upload stands, in a few words. */
export function statusText(upload: Upload): string {
	switch (upload.status) {
		case 'queued':
			return m.uploads_status_queued();
		case 'reading':
			return m.uploads_status_reading();
		case 'needs_mapping':
			return m.uploads_status_needs_mapping();
		case 'preview':
			return m.uploads_status_preview();
		case 'importing':
			return progressText(upload);
		case 'done':
			return m.uploads_status_done({
				imported: formatNumber(upload.imported),
				duplicates: formatNumber(upload.duplicates),
				rejected: formatNumber(upload.rejected)
			});
		case 'failed':
			return upload.error ?? m.uploads_status_failed();
		case 'cancelled':
			return m.uploads_status_cancelled();
		case 'undone':
			return m.uploads_status_undone();
	}
}
