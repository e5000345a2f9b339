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

/** pg-boss reconnects to Postgres by itself, so this is never lost. */
export async function openPostgresSession(deps: SessionDeps, databaseUrl: string): Promise<Session> {
	const boss = await startBoss({ databaseUrl }, deps.settings, deps.work, deps.log);
	const lost = new Promise<Error>(() => {});
	return runOn(deps, boss, lost, async () => {});
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
	const watch = watchOver(directory, pglite);
	const close = async (): Promise<void> => {
		watch.stop();
		await Promise.race([pglite.close().catch(() => undefined), pglite.ended]);
		await pglite.terminate();
	};
	try {
		const boss = await startBoss({ pglite }, deps.settings, deps.work, deps.log);
		await failOrphans(boss);
		return await runOn(deps, boss, watch.lost, close);
	} catch (error) {
		await close();
		throw error;
	}
}

function watchOver(directory: string, pglite: PgliteClient): { lost: Promise<Error>; stop: () => void } {
	const lost = Promise.withResolvers<Error>();
	void pglite.ended.then(lost.resolve);
	const timer = setInterval(async () => {
		if (!(await isHealthy(directory, pglite))) lost.resolve(new Error(`${directory} no longer works`));
	}, HEALTH_EVERY_MS);
	return { lost: lost.promise, stop: () => clearInterval(timer) };
}

async function runOn(
	{ db, log, work, settings, doorbells, onDead, schedules }: SessionDeps,
	boss: PgBoss,
	lost: Promise<Error>,
	closeDatabase: () => Promise<void>
): Promise<Session> {
	try {
		const workers = work
			? await startWorkers({ boss, db, log }, settings, doorbells, onDead, schedules)
			: null;
		const relay = await startRelay(db, boss, log);
		return {
			boss,
			kick: relay.kick,
			busy: () => workers?.busy() ?? 0,
			lost,
			close: async (gracefully) => {
				await relay.stop();
				await boss.stop({ graceful: gracefully, timeout: STOP_LIMIT_MS }).catch((err: unknown) => {
					if (gracefully) log.warn({ err }, 'the queue did not stop cleanly');
				});
				await closeDatabase();
			}
		};
	} catch (error) {
		await boss.stop({ graceful: false }).catch(() => undefined);
		throw error;
	}
}
