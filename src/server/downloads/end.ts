/** How an export ends without a file, or goes with its file. */
import { keptMs, runningStatuses } from '#lib/exports/downloads.ts';
import type { App } from '../app.ts';
import { afterCommit, inTx, type Export, type Session, type Tx } from '../db/client.ts';
import { DomainError, type ErrorParams } from '../errors.ts';
import type { Live } from '../realtime/live.ts';
import { deleteExport } from './files.ts';
import { findExport } from './find.ts';
import { exportProgress } from './view.ts';

/** For a query: a worker is busy with it, or will be. */
export const whileRunning = { in: [...runningStatuses] };

/** What is written down of every end: ended exports are shown for a day. */
export const endedAt = (now = new Date()) => ({
	...{ runId: null, finishedAt: now, expiresAt: new Date(now.getTime() + keptMs) },
	revision: { increment: 1 }
});

/** Stops an export; whoever writes it stops within moments. Errors: NOT_FOUND, CONFLICT (`export_ended`). */
export const cancelExport = (
	{ db, live }: Pick<App, 'db' | 'live'>,
	session: Session,
	id: string
): Promise<Export> =>
	inTx(db, async (tx) => {
		await findExport(tx, session, id);
		const [cancelled] = await tx.export.updateManyAndReturn({
			where: { id, status: whileRunning },
			data: { status: 'cancelled', ...endedAt() }
		});
		if (!cancelled) throw new DomainError('CONFLICT', 'export_ended');
		afterCommit(tx, () => live.toSession(cancelled.sessionId, 'export:progress', exportProgress(cancelled)));
		return cancelled;
	});

/** Takes an export off the list, with its file; one that is being written stops. Error: NOT_FOUND. */
export async function removeExport(
	{ config, db, live }: Pick<App, 'config' | 'db' | 'live'>,
	session: Session,
	id: string
): Promise<void> {
	const row = await findExport(db, session, id);
	await db.export.deleteMany({ where: { id } });
	await deleteExport(config, id);
	const gone = { ...row, status: 'cancelled', revision: row.revision + 1 } as const;
	live.toSession(session.id, 'export:progress', exportProgress(gone));
}

/** Says why there is no file, in the caller's transaction. Does nothing to an export that another attempt than `runId` holds. */
export async function failExport(
	tx: Tx,
	live: Live,
	id: string,
	{ reason, params }: { reason: string; params: ErrorParams },
	runId?: string
): Promise<void> {
	const [failed] = await tx.export.updateManyAndReturn({
		where: { id, status: whileRunning, ...(runId && { runId }) },
		data: { status: 'failed', errorCode: reason, errorParams: params, ...endedAt() }
	});
	if (failed)
		afterCommit(tx, () => live.toSession(failed.sessionId, 'export:progress', exportProgress(failed)));
}
