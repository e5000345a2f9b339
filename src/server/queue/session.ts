/** One stretch of a running queue, from opening its database until that is lost or closed. */
import { existsSync } from 'node:fs';
import type { PgBoss } from 'pg-boss';
import type { Db } from '../db/client.ts';
import type { Log } from '../log.ts';
import { failOrphans, startBoss, type Settings } from './boss.ts';
import { isHealthy, openEmbedded, setAside } from './embedded.ts';
import type { PgliteClient } from './pglite-client.ts';
import { startRelay } from './relay.ts';
import { startWorkers, type Doorbells, type OnDead, type Schedule } from './workers.ts';

export type Session = {
	boss: PgBoss;
	kick: () => void;
	/** Jobs being handled in this process. */
	busy: () => number;
	/** Resolves when the queue's database no longer works. */
	lost: Promise<Error>;
	/** With `gracefully`, running jobs may end first. */
	close: (gracefully: boolean) => Promise<void>;
};

export type SessionDeps = {
	db: Db;
	log: Log;
	work: boolean;
	doorbells: Doorbells;
	onDead: OnDead;
	schedules: readonly Schedule[];
	settings: Settings;
};

const STOP_LIMIT_MS = 5_000;
const HEALTH_EVERY_MS = 2_000;
// A damaged index lets everything else work; every look of a worker then fails.
const ERRORS_BORNE = 5;
const ERRORS_WITHIN_MS = 10_000;

/** pg-boss reconnects to Postgres by itself, so this is never lost. */
export async function openPostgresSession(deps: SessionDeps, databaseUrl: string): Promise<Session> {
	const onError = (err: unknown): void => deps.log.error({ err }, 'the queue reports an error');
	const boss = await startBoss({ databaseUrl }, deps.settings, deps.work, deps.log, onError);
	const database = { lost: new Promise<Error>(() => {}), close: async () => {} };
	return runOn(deps, boss, database, onError);
}

/** `distrusted`: it was lost or did not start just now, so the directory is replaced although it may look whole. */
export async function openEmbeddedSession(
	deps: SessionDeps,
	directory: string,
	distrusted: boolean
): Promise<Session> {
	if (distrusted && existsSync(directory)) {
		deps.log.warn(
			{ aside: setAside(directory) },
			'the queue directory failed twice: set aside, and rebuilt from the outbox'
		);
	}
	const pglite = await openEmbedded(directory, deps.log);
	const watch = watchOver(directory, pglite, deps.log);
	const close = async (): Promise<void> => {
		watch.stop();
		await Promise.race([pglite.close().catch(() => undefined), pglite.ended]);
		await pglite.terminate();
	};
	try {
		const boss = await startBoss({ pglite }, deps.settings, deps.work, deps.log, watch.onError);
		await failOrphans(boss);
		return await runOn(deps, boss, { lost: watch.lost, close }, watch.onError);
	} catch (error) {
		await close();
		throw error;
	}
}

/** Notices that the directory is gone, that its thread has ended or hangs, and that it answers with errors only. */
function watchOver(directory: string, pglite: PgliteClient, log: Log) {
	const lost = Promise.withResolvers<Error>();
	void pglite.ended.then(lost.resolve);
	let checking = false;
	const health = setInterval(async () => {
		if (checking) return;
		checking = true;
		if (!(await isHealthy(directory, pglite))) lost.resolve(new Error(`${directory} no longer works`));
		checking = false;
	}, HEALTH_EVERY_MS);
	let errors = 0;
	const forget = setInterval(() => (errors = 0), ERRORS_WITHIN_MS);
	return {
		lost: lost.promise,
		onError: (err: unknown): void => {
			log.error({ err }, 'the queue reports an error');
			if (++errors >= ERRORS_BORNE)
				lost.resolve(new Error(`${directory} answers with errors`, { cause: err }));
		},
		stop: () => {
			clearInterval(health);
			clearInterval(forget);
		}
	};
}

async function runOn(
	{ db, log, work, settings, doorbells, onDead, schedules }: SessionDeps,
	boss: PgBoss,
	database: { lost: Promise<Error>; close: () => Promise<void> },
	onError: (error: unknown) => void
): Promise<Session> {
	try {
		const workers = work
			? await startWorkers({ boss, db, log }, settings, doorbells, onDead, schedules)
			: null;
		const relay = await startRelay(db, boss, onError);
		return {
			boss,
			kick: relay.kick,
			busy: () => workers?.busy() ?? 0,
			lost: database.lost,
			close: async (gracefully) => {
				await relay.stop();
				await boss.stop({ graceful: gracefully, timeout: STOP_LIMIT_MS }).catch((err: unknown) => {
					if (gracefully) log.warn({ err }, 'the queue did not stop cleanly');
				});
				await database.close();
			}
		};
	} catch (error) {
		await boss.stop({ graceful: false }).catch(() => undefined);
		throw error;
	}
}
