/** The only place that names live events and what they carry; server and pages share it. */
import type { ActivityKind } from '#lib/groups/activity.ts';
import type { ExportStatus } from '#lib/exports/downloads.ts';
import type { ModelStatus } from '#lib/models.ts';
import type { UploadStatus } from '#lib/uploads.ts';

export type UploadCounts = {
	status: UploadStatus;
	rowsTotal: number;
	rowsDone: number;
	imported: number;
	duplicates: number;
	rejected: number;
};

export type ExportProgress = {
	exportId: string;
	/** Goes up with every change: whoever has shown a higher one drops this. */
	revision: number;
	status: ExportStatus;
	filename: string;
	rowsDone: number;
	/** Null: nobody has counted. */
	rowsTotal: number | null;
	/** Bytes written so far. */
	size: number;
};

export type ServerEvents = {
	/** Sent after each slice of an import is committed, and whenever the status changes. */
	'upload:progress': (event: { uploadId: string } & UploadCounts) => void;
	/** The import has ended, well or not: the row tells. */
	'upload:done': (event: { uploadId: string } & UploadCounts) => void;
	'notification:new': (event: { id: string; kind: string; unread: number }) => void;
	/** Transactions were changed by a person or by rules, many at once maybe, or that was taken back. */
	'transactions:changed': (event: Record<string, never>) => void;
	/** A category of the person's own was made, renamed, moved, merged or hidden. */
	'categories:changed': (event: Record<string, never>) => void;
	/** A rule of the person's was made, changed, moved or removed. */
	'rules:changed': (event: Record<string, never>) => void;
	/** Something in a group has changed, and is committed. Whoever shows a lower revision loads again. */
	'group:changed': (event: {
		groupId: string;
		revision: number;
		kind: ActivityKind;
		/** The member who did it. */
		actorId: string;
		/** What it was done to: an expense, a settlement, a member … */
		subjectId: string | null;
	}) => void;
	/** This person is not in the group any more; `deleted`: nobody is. */
	'group:left': (event: { groupId: string; deleted: boolean }) => void;
	/** Who is looking at a group now, all of them. */
	'group:presence': (event: { groupId: string; memberIds: string[] }) => void;
	/** A threshold of a budget has been crossed, in percent of its amount. `groupId` is null for a budget of one's own. */
	'alert:raised': (event: {
		alertId: string;
		budgetId: string;
		groupId: string | null;
		threshold: number;
		percent: number;
	}) => void;
	/**
	 * For admins: a training has come to another step (`done` of `total` of its status) or ended, or another model is in use. The
	 * list tells the rest.
	 */
	'model:progress': (event: { versionId: string; status: ModelStatus; done: number; total: number }) => void;
	/** To the session that asked for it: an export is further, or has ended. The list tells the rest. */
	'export:progress': (event: ExportProgress) => void;
	/** Spending of this person has moved, or a budget of their own has changed or is gone: whoever shows budgets loads again. */
	'budgets:changed': (event: Record<string, never>) => void;
	/** This session has ended; the server closes the socket after it. */
	'session:revoked': (event: { sessionId: string }) => void;
};

/** A client can ask for nothing: the server joins its rooms. It says which group's page it shows, for the others to see. */
export type ClientEvents = {
	'group:focus': (event: { groupId: string | null }) => void;
};

export type ServerEventName = keyof ServerEvents;

/** The names at run time; one that is missing here does not compile. */
export const serverEventNames = Object.keys({
	'upload:progress': true,
	'upload:done': true,
	'transactions:changed': true,
	'categories:changed': true,
	'rules:changed': true,
	'notification:new': true,
	'group:changed': true,
	'group:left': true,
	'group:presence': true,
	'alert:raised': true,
	'model:progress': true,
	'export:progress': true,
	'budgets:changed': true,
	'session:revoked': true
} satisfies Record<ServerEventName, true>) as ServerEventName[];

export type ServerEventPayload<E extends ServerEventName> = Parameters<ServerEvents[E]>[0];
