/** Brings up what a process needs, in order, and takes it down again. */
import type { App } from './app.ts';
import { setApp } from './app.ts';
import { appSecret, setupCodeFrom } from './secret.ts';
import { seedCategories } from './categories/seed.ts';
import type { Config } from './config.ts';
import { isPostgres, openDb } from './db/client.ts';
import { migrate } from './db/migrate.ts';
import { makeLimits } from './limits/limit.ts';
import type { Log } from './log.ts';
import { makeModels } from './models/models.ts';
import { sweepModels } from './models/sweep.ts';
import { endTrainers } from './models/trainer.ts';
import { startQueue } from './queue/queue.ts';
import type { Doorbells, OnDead, Schedule } from './queue/workers.ts';
import { endJudge } from './passwords/strength.ts';
import { makeLive } from './realtime/live.ts';
import { makeSockets } from './realtime/sockets.ts';
import { makeSealer } from './seal.ts';
import { endReaders } from './uploads/reader.ts';
import { endWriters } from './exports/write.ts';

export type Jobs = { doorbells: Doorbells; onDead: OnDead; schedules: Schedule[] };

/**
 * Starts database, live events and queue, and makes them the process's {@link App}. The queue comes up behind; ask
 * `app.queue.ready()`. Throws when the database cannot be reached or migrated.
 */
export async function startApp(
	config: Config,
	log: Log,
	jobs: Jobs
): Promise<{ app: App; stop(): Promise<void> }> {
	const applied = await migrate(config);
	if (applied.length > 0) log.info({ applied }, 'migrated the database');
	const db = await openDb(config);
	await seedCategories(db);
	const { sockets, close } = makeSockets(config, db, log);
	const live = makeLive(sockets, db, isPostgres(config));
	const secret = await appSecret(config);
	const setupCode = setupCodeFrom(secret);
	if ((await db.setup.count()) === 0) {
		log.info(
			`Open ${config.publicUrl} to make the first account. From another machine it asks for this code: ${setupCode}`
		);
	}
	const work = config.role !== 'web';
	const queue = await startQueue({ config, db, log, work, ...jobs });
	const limits = makeLimits(config, db);
	const models = makeModels({ config, db, log });
	const app: App = { config, log, db, live, queue, limits, models, sealer: makeSealer(secret), setupCode };
	setApp(app);
	await lookAtModels(app);
	return {
		app,
		stop: async () => {
			await close();
			await endTrainers();
			await queue.stop();
			await endReaders();
			await endWriters();
			await endJudge();
			await limits.save();
			await db.$disconnect();
			setApp(undefined);
		}
	};
}

/** What is broken is said now, and not only when somebody first needs it; whatever it is, Quits starts. */
async function lookAtModels({ config, db, log, models }: App): Promise<void> {
	try {
		await sweepModels({ config, db });
		await models.state();
	} catch (err) {
		log.error({ err }, 'could not look at the models');
	}
}
