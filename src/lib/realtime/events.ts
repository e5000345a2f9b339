/** The only place that names live events and what they carry; server and pages share it. */
import type { UploadStatus } from '#lib/uploads.ts';

export type UploadCounts = {
	status: UploadStatus;
	rowsTotal: number;
	rowsDone: number;
	imported: number;
	duplicates: number;
	rejected: number;
};

export type ServerEvents = {
	/** Sent after each slice of an import is committed, and whenever the status changes. */
	'upload:progress': (event: { uploadId: string } & UploadCounts) => void;
	/** The import has ended, well or not: the row tells. */
	'upload:done': (event: { uploadId: string } & UploadCounts) => void;
	'notification:new': (event: { id: string; kind: string; unread: number }) => void;
	/** This session has ended; the server closes the socket after it. */
	'session:revoked': (event: { sessionId: string }) => void;
};

/** A client can ask for nothing: the server joins its rooms. */
export type ClientEvents = Record<never, never>;

export type ServerEventName = keyof ServerEvents;

/** The names at run time; one that is missing here does not compile. */
export const serverEventNames = Object.keys({
	'upload:progress': true,
	'upload:done': true,
	'notification:new': true,
	'session:revoked': true
} satisfies Record<ServerEventName, true>) as ServerEventName[];

export type ServerEventPayload<E extends ServerEventName> = Parameters<ServerEvents[E]>[0];
