/**
 * The queue of a process: pg-boss on DATA_DIR/queue, or on Postgres when that holds the data. It comes up behind whoever
 * starts it and comes up again when it is lost; jobs promised meanwhile wait in the outbox.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { isPostgres, type Db, type DbConfig } from '../db/client.ts';
import type { Log } from '../log.ts';
import type { Settings } from './boss.ts';
import { listDeadLetters, redriveDeadLetter, type DeadLetter } from './dead-letters.ts';
import { lockDirectory } from './directory-lock.ts';
import { queueDirectory } from './embedded.ts';
import { queueSettings } from './queues.ts';
import { openEmbeddedSession, openPostgresSession, type Session } from './session.ts';
import type { Doorbells, OnDead, Schedule } from './workers.ts';

export type QueueOptions = {
	config: DbConfig;
	db: Db;
	log: Log;
	/** Whether this process runs jobs, or only hands them over. */
	work: boolean;
	doorbells: Doorbells;
	onDead: OnDead;
	schedules?: readonly Schedule[];
	settings?: Settings;
};

export type Queue = {
	/** True while jobs are handed over and, with `work`, run. */
	ready: () => boolean;
	/** Looks at the outbox now. A commit of `enqueue` does this by itself. */
	kick: () => void;
	/** Resolves when no promised work is left but what is not due yet; for tests and scripts. */
	idle: () => Promise<void>;
	/** Jobs that failed for good, oldest first. Throws {@link QueueNotReadyError}. */
	listDead: () => Promise<DeadLetter[]>;
	/** Runs one of them again as a new job. False when it is not listed. Throws {@link QueueNotReadyError}. */
	redrive: (id: string) => Promise<boolean>;
	/** Gives running jobs a few seconds to end, and closes. */
	stop: () => Promise<void>;
};

export class QueueNotReadyError extends Error {
	override name = 'QueueNotReadyError';
}

// A process that is being replaced has 10 s to end.
const WAIT_FOR_PREDECESSOR_MS = 12_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
const IDLE_POLL_MS = 20;

/**
 * Starts the queue and resolves before it is up (ask `ready`). Throws DirectoryHeldError when another running process works
 * on the same data directory and has not ended after `waitMs`.
 */
export async function startQueue(options: QueueOptions, waitMs = WAIT_FOR_PREDECESSOR_MS): Promise<Queue> {
	const { config, db, log } = options;
	const settings = options.settings ?? queueSettings;
	const directory = queueDirectory(config.dataDir);
	const unlock = isPostgres(config) ? () => {} : await lockDirectory(directory, waitMs);
	const stopping = new AbortController();
	let session: Session | undefined;

	const open = (distrusted: boolean): Promise<Session> => {
		const deps = { ...options, schedules: options.schedules ?? [], settings };
		return isPostgres(config)
			? openPostgresSession(deps, config.databaseUrl!)
			: openEmbeddedSession(deps, directory, distrusted);
	};
	const runOnce = async (distrusted: boolean): Promise<void> => {
		session = await open(distrusted);
		log.info('the queue is up');
		const reason = await Promise.race([session.lost, aborted(stopping.signal)]);
		const ending = session;
		session = undefined;
		await ending.close(stopping.signal.aborted);
		if (reason) throw reason;
	};
	const keepUp = async (): Promise<void> => {
		let failures = 0;
		while (!stopping.signal.aborted) {
			const started = Date.now();
			try {
				await runOnce(failures > 1);
			} catch (err) {
				log.error({ err }, 'the queue is down; starting it again');
			}
			failures = Date.now() - started > LONGEST_PAUSE_MS ? 1 : failures + 1;
			await pause(failures, stopping.signal);
		}
	};
	const running = keepUp();

	const current = (): Session => {
		if (!session) throw new QueueNotReadyError('the queue is not up yet');
		return session;
	};
	return {
		ready: () => session !== undefined,
		kick: () => session?.kick(),
		idle: async () => {
			const due = () => db.outbox.count({ where: { OR: [{ dueAt: null }, { dueAt: { lte: new Date() } }] } });
			while (!session || (await due()) > 0 || session.busy() > 0) await delay(IDLE_POLL_MS);
		},
		listDead: async () => listDeadLetters(current().boss),
		redrive: async (id) => redriveDeadLetter(db, current().boss, id),
		stop: async () => {
			stopping.abort();
			await running;
			unlock();
		}
	};
}

function aborted(signal: AbortSignal): Promise<undefined> {
	const { promise, resolve } = Promise.withResolvers<undefined>();
	if (signal.aborted) resolve(undefined);
	signal.addEventListener('abort', () => resolve(undefined), { once: true });
	return promise;
}

/** Half a second, doubled with each further failure in a row, and ends early when the process wants to stop. */
function pause(failures: number, signal: AbortSignal): Promise<void> {
	const ms = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
	return delay(ms, undefined, { signal }).catch(() => undefined);
}
