/** The work behind an upload: read it, and unless a person is asked, import it. Called by jobs/import-run.ts. */
import { setTimeout as delay } from 'node:timers/promises';
import { v7 } from 'uuid';
import type { Mapping } from '#lib/statement/types.ts';
import { isEnded, uploadStatuses } from '#lib/uploads.ts';
import type { App } from '../app.ts';
import { spendingMoved } from '../budgets/spending-moved.ts';
import { afterCommit, inTx, type Tx, type Upload } from '../db/client.ts';
import { learn } from '../categorising/learn.ts';
import { ownCounts } from '../categorising/own-counts.ts';
import { sayable } from '../categorising/say.ts';
import { createDeliveries } from '../deliveries/create.ts';
import type { ErrorParams } from '../errors.ts';
import { claimDone, enqueue } from '../outbox.ts';
import { notify } from '../notifications/notify.ts';
import type { Live } from '../realtime/live.ts';
import { detectRecurring } from '../recurring/detect.ts';
import { activeRules } from '../rules/find.ts';
import { splitImported } from '../rules/split-imported.ts';
import { findTransfers } from '../transfers/find.ts';
import { accountFor } from './account-for.ts';
import { dropFile, uploadBytes } from './file.ts';
import { detectStatement, readStatement, Unreadable } from './reader.ts';
import { uploadCounts } from './view.ts';
import { writeSlice } from './write-slice.ts';

/** Between two slices, for everybody else. */
const breathMs = 5;

type Deps = Pick<App, 'db' | 'live' | 'log' | 'models'>;

/** Another attempt has taken the upload over, or a person has ended it: this one stops without a word. */
class Superseded extends Error {}

/**
 * Reads and imports an upload, from wherever an earlier attempt left it. `jobId` is the outbox row that promised this work.
 * A file that cannot be read fails the upload with a reason; anything else is thrown, and the queue tries again.
 */
export async function runUpload(app: Deps, uploadId: string, jobId: string): Promise<void> {
	const { db } = app;
	const runId = v7();
	const upload = await takeOver(app, uploadId, jobId, runId);
	if (!upload) return;
	try {
		const bytes = await uploadBytes(db, uploadId);
		if (!bytes) throw new Unreadable('file_lost');
		const plan = upload.status === 'importing' ? upload : await understand(app, upload, bytes, jobId);
		if (plan) await importRows(app, plan, bytes, jobId);
	} catch (error) {
		if (error instanceof Superseded) return;
		if (!(error instanceof Unreadable)) throw error;
		await inTx(db, async (tx) => {
			if (await claimDone(tx, jobId)) await failUpload(tx, app.live, uploadId, error, runId);
		});
	}
}

/**
 * Makes this attempt the only one that may write; null when there is nothing left to do. It writes without looking first: a
 * person may be cancelling the upload at this moment.
 */
const takeOver = ({ db }: Deps, uploadId: string, jobId: string, runId: string) =>
	inTx(db, async (tx) => {
		await tx.upload.updateMany({
			where: { id: uploadId, status: 'queued' },
			data: { status: 'reading', startedAt: new Date() }
		});
		const [upload] = await tx.upload.updateManyAndReturn({
			where: { id: uploadId, status: { in: ['reading', 'importing'] } },
			data: { runId }
		});
		if (!upload) await claimDone(tx, jobId);
		return upload ?? null;
	});

/** Finds out how the file is written. Null when a person has to look at it first. */
async function understand(
	app: Deps,
	upload: Upload,
	bytes: Uint8Array,
	jobId: string
): Promise<Upload | null> {
	const { db } = app;
	announce(app, upload);
	const user = await db.user.findUniqueOrThrow({ where: { id: upload.userId }, select: { currency: true } });
	const hints = { defaultCurrency: await likelyCurrency(app, upload, user.currency) };
	const said = upload.mapping as Mapping | null;
	let detection = await detectStatement(bytes, { ...hints, ...(said && { said }) });
	if (!said) {
		const { userId } = upload;
		const known = await db.statementFormat.findUnique({
			where: { userId_headerKey: { userId, headerKey: detection.headerKey } }
		});
		if (known?.mapping)
			detection = await detectStatement(bytes, { ...hints, remembered: known.mapping as Mapping });
	}
	const asks = detection.questions.length > 0 ? 'needs_mapping' : upload.wantPreview ? 'preview' : null;
	const next = await inTx(db, async (tx) => {
		const data = {
			detection,
			mapping: detection.mapping,
			rowsTotal: detection.rowCount
		};
		if (asks) {
			if (!(await claimDone(tx, jobId))) throw new Superseded();
			return fenced(tx, upload, { ...data, status: asks });
		}
		const currency = detection.mapping.currency ?? user.currency;
		const accountId = await accountFor(tx, upload, detection, currency);
		return fenced(tx, upload, { ...data, accountId, status: 'importing' });
	});
	announce(app, next);
	return asks ? null : next;
}

/** The currency of amounts that do not name theirs: the account's, when it is known already. */
async function likelyCurrency(
	{ db }: Deps,
	{ accountId, userId }: Upload,
	fallback: string
): Promise<string> {
	if (!accountId) return fallback;
	const account = await db.account.findFirst({
		where: { id: accountId, userId },
		select: { currency: true }
	});
	return account?.currency ?? fallback;
}

async function importRows(app: Deps, upload: Upload, bytes: Uint8Array, jobId: string): Promise<void> {
	const { db } = app;
	const { id: uploadId, userId, accountId, runId } = upload;
	if (!accountId || !runId) throw new Error(`upload ${uploadId} is importing without an account`);
	const job = { uploadId, userId, accountId, runId };
	const rules = await activeRules(db, userId);
	const mapping = upload.mapping as Mapping;
	const decided = { own: await ownCounts(db, userId), model: await app.models.active() };
	const merchantKeys = await readStatement(
		{ ...{ bytes, mapping, rules, accountId, fromLine: upload.lastLine }, ...decided },
		async (slice) => {
			const counts = await writeSlice(db, job, slice);
			if (counts) app.live.toUser(userId, 'upload:progress', { uploadId, ...counts });
			// SQLite's calls never leave the event loop; without a pause, others would wait for slice after slice.
			await delay(breathMs);
			return counts !== null;
		}
	);
	if (!merchantKeys) throw new Superseded();
	await splitImported(app, userId, uploadId);
	await findTransfers(app, userId, { uploadId });
	const recurring = await detectRecurring(app, { userId, accountId, merchantKeys });
	const done = await inTx(db, async (tx) => {
		if (!(await claimDone(tx, jobId))) throw new Superseded();
		const upload = await fenced(
			tx,
			{ id: uploadId, runId },
			{ status: 'done', recurring, finishedAt: new Date() }
		);
		await dropFile(tx, uploadId);
		const { filename, imported, duplicates, rejected } = upload;
		const result = { uploadId, filename, imported, duplicates, rejected };
		await notify(tx, app.live, userId, 'upload_done', result);
		await spendingMoved(tx, { userIds: [userId] });
		await createDeliveries(tx, {
			...{ userId, source: `upload:${uploadId}`, event: 'upload.done' },
			payload: { ...result, accountId }
		});
		return upload;
	});
	announce(app, done);
}

/**
 * Ends an upload that cannot be read, in the caller's transaction. Rows that were stored before it came to light go again:
 * nothing is half-imported. Does nothing to an upload that has ended, or that another attempt than `runId` holds.
 */
export async function failUpload(
	tx: Tx,
	live: Live,
	uploadId: string,
	{ reason, params }: { reason: string; params: ErrorParams },
	runId?: string
): Promise<void> {
	const [failed] = await tx.upload.updateManyAndReturn({
		where: {
			id: uploadId,
			status: { in: uploadStatuses.filter((status) => !isEnded(status)) },
			...(runId && { runId })
		},
		data: {
			status: 'failed',
			errorCode: reason,
			errorParams: params,
			finishedAt: new Date(),
			...{ imported: 0, duplicates: 0, rejected: 0, rowsDone: 0 }
		}
	});
	if (!failed) return;
	const said = await sayable(tx, failed.userId, { uploadId, source: 'user' });
	await learn(tx, failed.userId, said, null);
	if (await tx.transfer.findFirst({ where: { OR: [{ out: { uploadId } }, { in: { uploadId } }] } })) {
		await enqueue(tx, 'transfers-find', { userId: failed.userId });
	}
	await tx.transaction.deleteMany({ where: { uploadId } });
	await tx.uploadRow.deleteMany({ where: { uploadId } });
	await dropFile(tx, uploadId);
	const { userId, filename } = failed;
	await notify(tx, live, userId, 'upload_failed', { ...params, uploadId, filename, reason });
	await spendingMoved(tx, { userIds: [userId] });
	afterCommit(tx, () => announce({ live }, failed));
}

/** Changes the upload if this attempt still holds it. */
async function fenced(
	tx: Tx,
	{ id, runId }: Pick<Upload, 'id' | 'runId'>,
	data: Parameters<Tx['upload']['updateManyAndReturn']>[0]['data']
): Promise<Upload> {
	const [held] = await tx.upload.updateManyAndReturn({
		where: { id, runId, status: { in: ['reading', 'importing'] } },
		data
	});
	if (!held) throw new Superseded();
	return held;
}

function announce({ live }: Pick<Deps, 'live'>, upload: Upload): void {
	const event = { uploadId: upload.id, ...uploadCounts(upload) };
	live.toUser(upload.userId, isEnded(upload.status) ? 'upload:done' : 'upload:progress', event);
}
