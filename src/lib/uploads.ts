/** The states of an upload, shared by pages and server. `queued` and `reading` last moments; three wait for a person. */
export const uploadStatuses = [
	'queued',
	'reading',
	'needs_mapping',
	'preview',
	'importing',
	'done',
	'failed',
	'cancelled',
	'undone'
] as const;

export type UploadStatus = (typeof uploadStatuses)[number];

/** A worker is busy with it, or will be. */
export const isRunning = (status: UploadStatus): boolean =>
	status === 'queued' || status === 'reading' || status === 'importing';

/** It waits for a person to check what was understood. */
export const isWaiting = (status: UploadStatus): boolean =>
	status === 'needs_mapping' || status === 'preview';

/** Nothing will change any more unless a person undoes it. */
export const isEnded = (status: UploadStatus): boolean => !isRunning(status) && !isWaiting(status);
