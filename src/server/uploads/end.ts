/** The two ways a person ends an upload: cancelling one that has not finished, and undoing one that has. */
import { isRunning, isWaiting, uploadStatuses } from '#lib/uploads.ts';
import type { App } from '../app.ts';
import { inTx, type Upload } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { enqueue } from '../outbox.ts';
import { dropFile } from './file.ts';
import { findUpload } from './find.ts';
import { purgeUpload } from './purge.ts';
import { uploadCounts } from './view.ts';

type Deps = Pick<App, 'db' | 'queue' | 'live' | 'models'>;

export type EndedUpload = Upload & { released: number };

/** Stops an upload and removes what it had stored so far. Errors: NOT_FOUND, CONFLICT (`upload_ended`). */
export const cancelUpload = (app: Deps, userId: string, id: string): Promise<EndedUpload> =>
	endUpload(app, userId, id, 'cancelled');

/**
 * Takes a finished import back: every transaction it brought goes. `released` counts rows of other imports that were taken for
 * duplicates of those; they can be imported now. Errors: NOT_FOUND, CONFLICT (`upload_not_done`).
 */
export const undoUpload = (app: Deps, userId: string, id: string): Promise<EndedUpload> =>
	endUpload(app, userId, id, 'undone');

const endsFrom = {
	cancelled: uploadStatuses.filter((status) => isRunning(status) || isWaiting(status)),
	undone: ['done' as const]
};

const nothingKept = { rowsDone: 0, imported: 0, duplicates: 0, rejected: 0 };

async function endUpload(
	app: Deps,
	userId: string,
	id: string,
	to: 'cancelled' | 'undone'
): Promise<EndedUpload> {
	const { ended, jobId } = await inTx(app.db, async (tx) => {
		await findUpload(tx, userId, id);
		// In one statement, as the import may be moving it from one state to the next right now.
		const [ended] = await tx.upload.updateManyAndReturn({
			where: { id, status: { in: endsFrom[to] } },
			data: { status: to, runId: null, finishedAt: new Date(), ...(to === 'cancelled' && nothingKept) }
		});
		if (!ended) throw new DomainError('CONFLICT', to === 'undone' ? 'upload_not_done' : 'upload_ended');
		await dropFile(tx, id);
		// The removal below may be cut short; this row makes sure that it is finished then.
		return { ended, jobId: await enqueue(tx, 'upload-purge', { uploadId: id }) };
	});
	app.live.toUser(userId, 'upload:done', { uploadId: id, ...uploadCounts(ended) });
	const released = await purgeUpload(app, id, jobId);
	app.live.toUser(userId, 'upload:done', { uploadId: id, ...uploadCounts(ended) });
	return { ...ended, released };
}
