import { fromPglite, PgBoss, type ConstructorOptions } from 'pg-boss';
import type { Log } from '../log.ts';
import type { PgliteClient } from './pglite-client.ts';
import { queueNames, type QueueName, type QueueSettings } from './queues.ts';

export type Settings = { readonly [Q in QueueName]: QueueSettings };

/** Where jobs go whose attempts are spent. They stay listed there, handled or not, for {@link DEAD_LETTERS_KEPT}. */
export const DEAD_LETTERS = 'dead-letters';
/** Where schedules ring; each ring becomes a job of its queue by way of the outbox, like any other. */
export const SCHEDULES = 'schedules';

const SCHEMA = 'pgboss';
const DAY = 86_400;
const DEAD_LETTERS_KEPT = 90 * DAY;
const POSTGRES_CONNECTIONS = 4;

// How soon a job is retried whose process died: what these two and the queue's heartbeat add up to.
const WATCH = { superviseIntervalSeconds: 5, monitorIntervalSeconds: 5 };
// Our own queues must not give up while the database is away.
const PATIENT = { retryLimit: 1000, retryDelay: 2, retryBackoff: true, retryDelayMax: 300, notify: true };

/**
 * pg-boss on the embedded directory, or on the Postgres of an address. `work`: whether this process runs jobs;
 * `onError`: told of what goes wrong in the background.
 */
export async function startBoss(
	where: { pglite: PgliteClient } | { databaseUrl: string },
	settings: Settings,
	work: boolean,
	log: Log,
	onError: (error: unknown) => void
): Promise<PgBoss> {
	const backend: ConstructorOptions =
		'pglite' in where
			? { db: fromPglite(where.pglite), backend: 'pglite' }
			: { connectionString: where.databaseUrl, max: POSTGRES_CONNECTIONS, application_name: 'quits queue' };
	const boss = new PgBoss({
		...backend,
		...WATCH,
		schema: SCHEMA,
		useListenNotify: true,
		supervise: work,
		schedule: work
	});
	boss.on('error', onError);
	boss.on('warning', ({ message, data }) => log.debug({ data }, `the queue warns: ${message}`));
	await boss.start();
	await defineQueues(boss, settings);
	return boss;
}

async function defineQueues(boss: PgBoss, settings: Settings): Promise<void> {
	await define(boss, DEAD_LETTERS, { ...PATIENT, deleteAfterSeconds: DEAD_LETTERS_KEPT });
	await define(boss, SCHEDULES, { ...PATIENT, deleteAfterSeconds: DAY });
	for (const name of queueNames) {
		const { retryLimit, retryDelay, retryDelayMax, expire, heartbeat } = settings[name];
		await define(boss, name, {
			retryLimit,
			retryDelay,
			retryDelayMax,
			retryBackoff: true,
			expireInSeconds: expire,
			heartbeatSeconds: heartbeat,
			deleteAfterSeconds: DAY,
			deadLetter: DEAD_LETTERS,
			notify: true
		});
	}
}

type QueueOptions = NonNullable<Parameters<PgBoss['createQueue']>[1]>;

/** Makes the queue, or brings an older one up to date. */
async function define(boss: PgBoss, name: string, options: QueueOptions): Promise<void> {
	await boss.createQueue(name, options);
	await boss.updateQueue(name, options);
}

/**
 * Fails the attempts that a process left behind when it ended, so that they are tried again now rather than when their
 * heartbeat has run out. Only where no other process can be at work: on the embedded directory.
 */
export async function failOrphans(boss: PgBoss): Promise<void> {
	const { rows } = await boss
		.getDb()
		.executeSql(`SELECT id, name, retry_count AS "retryCount" FROM ${SCHEMA}.job WHERE state = 'active'`);
	const names = new Set<string>([...queueNames, DEAD_LETTERS, SCHEDULES]);
	for (const { id, name, retryCount } of rows as { id: string; name: string; retryCount: number }[]) {
		if (names.has(name))
			await boss.fail(name, { id, retryCount }, { message: 'the process ended during this attempt' });
	}
}
