import type { ErrorParams } from '../errors.ts';
import type { Upload } from '../db/client.ts';
import type { UploadCounts } from '#lib/realtime/events.ts';

import { reasonText } from '../words.ts';

/** The numbers that move while an upload is worked on. */
export const uploadCounts = (upload: UploadCounts): UploadCounts => ({
	status: upload.status,
	rowsTotal: upload.rowsTotal,
	rowsDone: upload.rowsDone,
	imported: upload.imported,
	duplicates: upload.duplicates,
	rejected: upload.rejected
});

/** An upload as the API shows it; `error` is in the reader's language, `errorCode` is not. */
export const uploadView = (upload: Omit<Upload, 'detection' | 'mapping'>, locale: string) => ({
	id: upload.id,
	filename: upload.filename,
	size: upload.size,
	...uploadCounts(upload),
	recurring: upload.recurring,
	accountId: upload.accountId,
	errorCode: upload.errorCode,
	error: upload.errorCode
		? reasonText(upload.errorCode, (upload.errorParams ?? {}) as ErrorParams, locale)
		: null,
	createdAt: upload.createdAt.toISOString(),
	finishedAt: upload.finishedAt?.toISOString() ?? null
});

export type UploadView = ReturnType<typeof uploadView>;
