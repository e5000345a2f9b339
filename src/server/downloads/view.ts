import type { ExportProgress } from '#lib/realtime/events.ts';
import type { Export } from '../db/client.ts';
import type { ErrorParams } from '../errors.ts';
import { reasonText } from '../words.ts';

/** How far an export is. */
export const exportProgress = (row: Export): ExportProgress => ({
	exportId: row.id,
	revision: row.revision,
	status: row.status,
	filename: row.filename,
	// What was counted before may be more by the time that it is read.
	rowsDone: row.rowsTotal === null ? row.rowsDone : Math.min(row.rowsDone, row.rowsTotal),
	rowsTotal: row.rowsTotal,
	size: Number(row.size)
});

/** An export as the API shows it; `error` is in the reader's language, `errorCode` is not. */
export const exportView = (row: Export, locale: string) => {
	const { exportId: id, ...progress } = exportProgress(row);
	return {
		id,
		/** As `GET /api/exports/FILE?QUERY` takes them. */
		file: row.file,
		query: row.query,
		...progress,
		errorCode: row.errorCode,
		error: row.errorCode ? reasonText(row.errorCode, (row.errorParams ?? {}) as ErrorParams, locale) : null,
		createdAt: row.createdAt.toISOString(),
		finishedAt: row.finishedAt?.toISOString() ?? null,
		expiresAt: row.expiresAt?.toISOString() ?? null
	};
};

export type ExportView = ReturnType<typeof exportView>;
