/** The work behind an export that is kept for later: write it aside, then say that it is there. Called by jobs/export-write.ts. */
import { v7 } from 'uuid';
import type { App } from '../app.ts';
import { admit } from '../auth/access.ts';
import { identifySession } from '../auth/identify.ts';
import { afterCommit, inTx, type Export } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { askedFile, exportAccess } from '../exports/asked.ts';
import { whileAdmitted } from '../exports/while-admitted.ts';
import { claimDone } from '../outbox.ts';
import { endedAt, failExport, whileRunning } from './end.ts';
import { deleteExport, openAside, type Aside } from './files.ts';
import { exportProgress } from './view.ts';

/** So often is written down how far it is, and looked whether it is still wanted. */
const tellMs = 300;

type Deps = Pick<App, 'config' | 'db' | 'live' | 'log'>;
type Job = { id: string; signal: AbortSignal };
type Run = { exportId: string; runId: string };

/** Another attempt has taken it over, or nobody wants it any more: this one stops without a word. */
class Superseded extends Error {}

/**
 * Writes an export, from the beginning whatever an earlier attempt had done. What cannot be done (not allowed any more, too much,
 * no room) fails it with a reason; anything else is thrown, and the queue tries again.
 */
export async function runExport(app: Deps, exportId: string, job: Job): Promise<void> {
	const run = { exportId, runId: v7() };
	const row = await takeOver(app, run, job.id);
	if (!row) return;
	try {
		await write(app, run, row, job);
	} catch (error) {
		if (error instanceof Superseded) return;
		const known = error instanceof DomainError ? error : diskError(error);
		if (!known) throw error;
		app.log.info({ exportId, reason: known.reason }, 'an export was not written');
		await inTx(app.db, async (tx) => {
			if (await claimDone(tx, job.id)) await failExport(tx, app.live, exportId, known, run.runId);
		});
	}
}

function diskError(error: unknown): DomainError | null {
	const { code } = error as NodeJS.ErrnoException;
	const isFull = code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG';
	return isFull ? new DomainError('UNAVAILABLE', 'export_disk_full') : null;
}

const held = ({ exportId, runId }: Run) => ({ id: exportId, runId, status: whileRunning });

/** Makes this attempt the only one that may write; null when there is nothing left to do. */
const takeOver = ({ db, live }: Deps, { exportId, runId }: Run, jobId: string): Promise<Export | null> =>
	inTx(db, async (tx) => {
		const [row] = await tx.export.updateManyAndReturn({
			where: { id: exportId, status: whileRunning },
			data: { runId, status: 'writing', rowsDone: 0, rowsTotal: null, size: 0, revision: { increment: 1 } }
		});
		if (!row) await claimDone(tx, jobId);
		else afterCommit(tx, () => live.toSession(row.sessionId, 'export:progress', exportProgress(row)));
		return row ?? null;
	});

async function write(app: Deps, run: Run, { file, query, sessionId }: Export, job: Job): Promise<void> {
	const { config, db } = app;
	// That the person has just shown who they are was asked for when they asked, and is not said again by waiting.
	const { stepUp: _, ...access } = exportAccess(file);
	const again = () => identifySession(db, sessionId);
	const { user } = admit(await again(), access);
	const done = { rowsDone: 0, size: 0 };
	const onRows = (count: number) => void (done.rowsDone += count);
	const asked = await askedFile(db, user, file, new URLSearchParams(query), onRows);
	const rowsTotal = (await asked.countRows?.()) ?? null;
	await tell(app, run, { ...done, rowsTotal });
	const aside = await openAside(config, run.exportId, run.runId);
	try {
		let told = performance.now();
		for await (const piece of whileAdmitted(asked.pieces, again, access)) {
			if (job.signal.aborted) throw new DomainError('TOO_LARGE', 'export_too_long');
			await aside.write(piece);
			done.size += piece.length;
			if (performance.now() - told < tellMs) continue;
			told = performance.now();
			await tell(app, run, { ...done, rowsTotal });
		}
		await finish(app, run, aside, { ...done, rowsTotal: rowsTotal === null ? null : done.rowsDone }, job.id);
	} finally {
		await aside.drop();
	}
}

type Progress = Pick<Export, 'rowsDone' | 'rowsTotal'> & { size: number };

/** Writes down how far it is and tells. Throws {@link Superseded} when this attempt is not wanted any more. */
async function tell({ db, live }: Deps, run: Run, progress: Progress): Promise<void> {
	const [row] = await db.export.updateManyAndReturn({
		where: held(run),
		data: { ...progress, revision: { increment: 1 } }
	});
	if (!row) throw new Superseded();
	live.toSession(row.sessionId, 'export:progress', exportProgress(row));
}

/** Puts the file in its place, and then says that it is there. */
async function finish(
	{ config, db, live }: Deps,
	run: Run,
	aside: Aside,
	progress: Progress,
	jobId: string
): Promise<void> {
	await aside.keep();
	try {
		await inTx(db, async (tx) => {
			if (!(await claimDone(tx, jobId))) throw new Superseded();
			const [row] = await tx.export.updateManyAndReturn({
				where: held(run),
				data: { ...progress, status: 'done', ...endedAt() }
			});
			if (!row) throw new Superseded();
			afterCommit(tx, () => live.toSession(row.sessionId, 'export:progress', exportProgress(row)));
		});
	} catch (error) {
		// A later attempt writes its own; one that has been cancelled leaves nothing.
		const { exportId: id } = run;
		const wanted = await db.export.count({ where: { id, status: { notIn: ['failed', 'cancelled'] } } });
		if (wanted === 0) await deleteExport(config, id);
		throw error;
	}
}
