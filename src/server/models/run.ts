/** The work behind a training: gather, train and measure in a thread, save. Called by jobs/model-train.ts. */
import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { v7 } from 'uuid';
import { baseModel, trainingStatuses, type ModelStatus } from '#lib/models.ts';
import type { App } from '../app.ts';
import { afterCommit, inTx, type ModelVersion } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { claimDone } from '../outbox.ts';
import { failTraining } from './end.ts';
import { deleteVersion, metricsFile, modelFile, trialFile, writeVersion, type Files } from './files.ts';
import { gatherCorrections } from './gather.ts';
import { Trainer } from './trainer.ts';
import type { Trained } from './trainer-messages.ts';
import { progressOf } from './view.ts';

/** So often a training looks whether it is still wanted. */
const lookMs = 500;
/** Far more than any lexicon makes; every process holds the model in use. */
const largestModel = 64 * 1024 ** 2;

type Deps = Pick<App, 'config' | 'db' | 'live' | 'log' | 'models'>;

/**
 * Trains a version, from the beginning whatever an earlier attempt had done. `jobId` is the outbox row that promised this work.
 * What cannot be done here (too much, no room) fails the version with a reason; anything else is thrown, and the queue tries
 * again. The model in use is not touched.
 */
export async function runTraining(
	app: Deps,
	versionId: string,
	job: { id: string; signal: AbortSignal }
): Promise<void> {
	const run = { versionId, runId: v7() };
	const version = await takeOver(app, run, job.id);
	if (!version) return;
	const training = new Training(app, run);
	const tooLong = () => void training.end(new DomainError('TOO_LARGE', 'training_too_long'));
	job.signal.addEventListener('abort', tooLong, { once: true });
	try {
		await save(app, run, await training.train(version), job.id);
	} catch (error) {
		if (error instanceof Superseded) return;
		if (!(error instanceof DomainError)) throw error;
		await inTx(app.db, async (tx) => {
			if (await claimDone(tx, job.id)) await failTraining(tx, app.live, versionId, error, run.runId);
		});
	} finally {
		job.signal.removeEventListener('abort', tooLong);
		await training.end();
	}
}

type Run = { versionId: string; runId: string };

/** Another attempt has taken the training over, or an admin has cancelled it: this one stops without a word. */
class Superseded extends Error {}

/** Makes this attempt the only one that may write; null when there is nothing left to do. */
const takeOver = ({ db, live }: Deps, { versionId, runId }: Run, jobId: string) =>
	inTx(db, async (tx) => {
		const [version] = await tx.modelVersion.updateManyAndReturn({
			where: { id: versionId, status: { in: [...trainingStatuses] } },
			data: { runId, status: 'gathering', done: 0, total: 0, startedAt: new Date() }
		});
		if (!version) await claimDone(tx, jobId);
		else afterCommit(tx, () => live.toAdmins('model:progress', progressOf(version)));
		return version ?? null;
	});

/** One attempt, with its thread. */
class Training {
	readonly #app: Deps;
	readonly #run: Run;
	readonly #trainer: Trainer;
	/** Progress is written down in order. */
	#telling: Promise<void> = Promise.resolve();

	constructor(app: Deps, run: Run) {
		this.#app = app;
		this.#run = run;
		this.#trainer = new Trainer(({ status, done, total }) => {
			this.#telling = this.#telling.then(() => this.#tell({ status, done, total })).catch(() => undefined);
		});
	}

	async train({ corrections }: ModelVersion): Promise<Trained & { rivalId: string }> {
		const { db } = this.#app;
		const looking = setInterval(() => void this.#look(), lookMs);
		try {
			const { id: rivalId, trial: rivalTrial } = await this.#rival();
			if (corrections) {
				await gatherCorrections(db, this.#trainer, (done, total) =>
					this.#tell({ status: 'gathering', done, total })
				);
			}
			const trained = await this.#trainer.train(rivalTrial);
			await this.#telling;
			return { ...trained, rivalId };
		} finally {
			clearInterval(looking);
		}
	}

	/** The model in use; when what it would be compared by is broken, the one that comes with Quits. */
	async #rival(): Promise<{ id: string; trial: Uint8Array | null }> {
		const { models, log } = this.#app;
		const { id } = await models.active();
		try {
			return { id, trial: await models.trial(id) };
		} catch (error) {
			if (!(error instanceof DomainError)) throw error;
			log.error({ versionId: id }, 'the trial of the model in use is broken');
			return { id: baseModel, trial: null };
		}
	}

	end(why?: Error): Promise<void> {
		return this.#trainer.end(why);
	}

	/** Writes down how far it is and tells; ends everything when this attempt is not wanted any more. */
	async #tell(progress: { status: ModelStatus; done: number; total: number }): Promise<void> {
		const [version] = await this.#app.db.modelVersion.updateManyAndReturn({
			where: held(this.#run),
			data: progress
		});
		if (version) this.#app.live.toAdmins('model:progress', progressOf(version));
		else await this.#giveUp();
	}

	async #look(): Promise<void> {
		// A database that is away for a moment says nothing; the work will be written down or not.
		const isHeld = await this.#app.db.modelVersion.count({ where: held(this.#run) }).catch(() => 1);
		if (isHeld === 0) await this.#giveUp();
	}

	#giveUp(): Promise<void> {
		return this.#trainer.end(new Superseded());
	}
}

const held = ({ versionId, runId }: Run) => ({
	...{ id: versionId, runId },
	status: { in: [...trainingStatuses] }
});

/** Keeps the files on this disk and in the database, and then says that the version is ready. */
async function save(
	{ config, db, live, log }: Deps,
	run: Run,
	{ model, trial, trainedOn, metrics, rival, rivalId }: Trained & { rivalId: string },
	jobId: string
): Promise<void> {
	const { versionId } = run;
	if (model.length > largestModel) throw new DomainError('TOO_LARGE', 'training_too_large');
	const checksums = { [modelFile]: hash('sha256', model, 'hex'), [trialFile]: hash('sha256', trial, 'hex') };
	const against = { id: rivalId, metrics: rival };
	const figures = { versionId, trainedOn, checksums, metrics, against };
	const files: Files = {
		[modelFile]: model,
		[trialFile]: trial,
		[metricsFile]: Buffer.from(`${JSON.stringify(figures, null, '\t')}\n`)
	};
	await writeVersion(config, versionId, files).catch((error: NodeJS.ErrnoException) => {
		log.error({ err: error, versionId }, 'a model could not be saved');
		const full = error.code === 'ENOSPC' || error.code === 'EDQUOT' || error.code === 'EFBIG';
		throw new DomainError('UNAVAILABLE', full ? 'model_disk_full' : 'model_not_saved', {
			params: { code: error.code ?? error.message }
		});
	});
	const zipped = await Promise.all(
		Object.entries(files).map(async ([name, bytes]) => ({
			versionId,
			name,
			bytes: await promisify(gzip)(bytes)
		}))
	);
	try {
		await inTx(db, async (tx) => {
			if (!(await claimDone(tx, jobId))) throw new Superseded();
			const [ready] = await tx.modelVersion.updateManyAndReturn({
				where: held(run),
				data: {
					...{ status: 'ready', slot: null, runId: null, finishedAt: new Date() },
					...{ trainedOn, metrics, against, checksums, size: model.length }
				}
			});
			if (!ready) throw new Superseded();
			for (const file of zipped) await tx.modelFile.create({ data: file });
			afterCommit(tx, () => live.toAdmins('model:progress', progressOf(ready)));
		});
	} catch (error) {
		// A later attempt writes its own; one that has been cancelled leaves nothing.
		const isWanted = await db.modelVersion.count({
			where: { id: versionId, status: { in: ['ready', ...trainingStatuses] } }
		});
		if (isWanted === 0) await deleteVersion(config, versionId);
		throw error;
	}
}
