import type { Job, JobWithMetadata, PgBoss, WorkConcurrencyOptions } from 'pg-boss';
import { inTx, type Db, type Tx } from '../db/client.ts';
import type { Log } from '../log.ts';
import { claimDone, enqueue } from '../outbox.ts';
import { DEAD_LETTERS, SCHEDULES, type Settings } from './boss.ts';
import { isQueueName, queueNames, type QueueName, type Queues } from './queues.ts';

/** What a handler is told about its attempt. `attempt` counts from 0; `signal` aborts when the attempt has taken too long. */
export type JobContext = { id: string; attempt: number; signal: AbortSignal };

/** Exactly one handler for each queue. It applies its effects in a transaction that begins with `claimDone(tx, job.id)`. */
export type Doorbells = { [Q in QueueName]: (payload: Queues[Q], job: JobContext) => Promise<void> };

/** What to do, in one transaction with the end of the job, when all attempts have failed: mark the work as failed. */
export type OnDead = { [Q in QueueName]: (tx: Tx, payload: Queues[Q], error: string) => Promise<void> };

/** Rings a doorbell at times given as a cron expression in UTC. */
export type Schedule = { [Q in QueueName]: { queue: Q; cron: string; payload: Queues[Q] } }[QueueName];

// With `notify`, pg-boss looks by itself only every 30 s, and is told of new jobs but not of retries and backlogs.
const LOOK = { pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 1 };

type WorkerDeps = { boss: PgBoss; db: Db; log: Log };

/** The handlers that run in this process. `busy` tells how many jobs are being handled. */
export type Workers = { busy: () => number };

export async function startWorkers(
	deps: WorkerDeps,
	settings: Settings,
	doorbells: Doorbells,
	onDead: OnDead,
	schedules: readonly Schedule[]
): Promise<Workers> {
	const { boss } = deps;
	let busy = 0;
	const work = async (
		queue: string,
		handle: (job: JobWithMetadata) => Promise<void>,
		fair: WorkConcurrencyOptions = {}
	): Promise<void> => {
		const id = await boss.work(
			queue,
			{ ...LOOK, includeMetadata: true, ...fair },
			async ([job]: JobWithMetadata[]) => {
				if (!job) return;
				busy++;
				try {
					await handle(job);
				} finally {
					busy--;
					boss.notifyWorker(id); // look again at once: there may be a backlog
				}
			}
		);
	};
	for (const queue of queueNames) {
		const { concurrency, perPerson } = settings[queue];
		const handle = (job: JobWithMetadata) => ring(deps, doorbells, queue, job);
		if (perPerson !== undefined) {
			// Not `groupConcurrency`: on Postgres workers that look at once do not see what the others take.
			const most = Math.min(perPerson, concurrency);
			await work(queue, handle, { localConcurrency: concurrency, localGroupConcurrency: most });
			continue;
		}
		for (let n = 0; n < concurrency; n++) await work(queue, handle);
	}
	await work(DEAD_LETTERS, (job) => bury(deps, onDead, job));
	await work(SCHEDULES, (job) => promise(deps.db, job));
	await defineSchedules(boss, schedules);
	return { busy: () => busy };
}

async function ring<Q extends QueueName>(
	deps: WorkerDeps,
	doorbells: Doorbells,
	queue: Q,
	job: Job
): Promise<void> {
	const { id, retryCount: attempt, signal } = job;
	const doorbell: (payload: Queues[Q], job: JobContext) => Promise<void> = doorbells[queue];
	try {
		await doorbell(job.data as Queues[Q], { id, attempt, signal });
		await settle(deps, queue, job);
	} catch (err) {
		deps.log.warn({ err, queue, id, attempt }, 'a job failed');
		throw err;
	}
}

/**
 * A handler that found nothing to do returns without `claimDone`: then its outbox row goes here, unless this attempt has
 * been overtaken by another one, whose row it is.
 */
async function settle({ boss, db }: WorkerDeps, queue: QueueName, job: Job): Promise<void> {
	if ((await db.outbox.count({ where: { id: job.id } })) === 0) return;
	const [now] = await boss.findJobs(queue, { id: job.id });
	if (now?.state !== 'active' || now.retryCount !== job.retryCount) return;
	await db.outbox.deleteMany({ where: { id: job.id } });
}

async function bury({ db, log }: WorkerDeps, onDead: OnDead, job: JobWithMetadata): Promise<void> {
	const { sourceName, sourceId } = job;
	if (sourceName === null || sourceId === null || !isQueueName(sourceName)) return;
	const error = errorText(job.sourceOutput);
	log.error({ queue: sourceName, id: sourceId, error }, 'a job failed for good');
	await inTx(db, async (tx) => {
		if (await claimDone(tx, sourceId)) await tell(tx, onDead, sourceName, job.data, error);
	});
}

function tell<Q extends QueueName>(
	tx: Tx,
	onDead: OnDead,
	queue: Q,
	payload: object,
	error: string
): Promise<void> {
	const told: (tx: Tx, payload: Queues[Q], error: string) => Promise<void> = onDead[queue];
	return told(tx, payload as Queues[Q], error);
}

/** The message in what pg-boss keeps of an error. */
export function errorText(output: object | null): string {
	const { message, value } = (output ?? {}) as { message?: unknown; value?: { message?: unknown } };
	return String(message ?? value?.message ?? 'unknown');
}

/** Turns the ring of a schedule into a job, under the ring's own id so that a second attempt makes no second job. */
async function promise(db: Db, ringing: Job): Promise<void> {
	const { queue, payload } = ringing.data as Schedule;
	if (!isQueueName(queue)) return;
	if ((await db.outbox.count({ where: { id: ringing.id } })) > 0) return;
	await inTx(db, (tx) => enqueue(tx, queue, payload, { id: ringing.id }));
}

async function defineSchedules(boss: PgBoss, schedules: readonly Schedule[]): Promise<void> {
	const wanted = new Set(schedules.map(({ queue }) => queue as string));
	for (const { key } of await boss.getSchedules(SCHEDULES)) {
		if (!wanted.has(key)) await boss.unschedule(SCHEDULES, key);
	}
	for (const schedule of schedules) {
		await boss.schedule(SCHEDULES, schedule.cron, schedule, {
			tz: 'UTC',
			key: schedule.queue,
			missed: 'once'
		});
	}
}
