import { cpSync, existsSync, mkdtempSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { isPostgres, type DbConfig } from '#server/db/client.ts';
import type { Log } from '#server/log.ts';
import { createDirectory, queueDirectory } from '#server/queue/embedded.ts';
import { startQueue, type Queue, type QueueOptions } from '#server/queue/queue.ts';
import { queueNames, queueSettings, type QueueSettings } from '#server/queue/queues.ts';
import type { Settings } from '#server/queue/boss.ts';
import type { Doorbells, OnDead } from '#server/queue/workers.ts';

/** A log that keeps its lines instead of printing them. */
export function keptLog(): { log: Log; lines: { level: number; msg: string; [key: string]: unknown }[] } {
	const lines: { level: number; msg: string }[] = [];
	const log = pino(
		{ level: 'debug', base: undefined },
		{ write: (line: string) => void lines.push(JSON.parse(line)) }
	);
	return { log, lines };
}

/** The settings of every queue with some of them changed: tests do not wait five minutes. */
export function settingsWith(changed: Partial<QueueSettings>): Settings {
	const entries = queueNames.map((name) => [name, { ...queueSettings[name], ...changed }]);
	return Object.fromEntries(entries) as Settings;
}

// PGlite takes seconds to make an empty directory, so one is made for good (for each version) and copied.
const TEMPLATE = join(tmpdir(), `quits-queue-template-${manifest.dependencies['@electric-sql/pglite']}`);

/** Gives the embedded queue an empty directory to start from. */
export async function prepareQueueDirectory(config: DbConfig): Promise<void> {
	const directory = queueDirectory(config.dataDir);
	if (isPostgres(config) || existsSync(directory)) return;
	if (!existsSync(TEMPLATE)) {
		const unfinished = join(mkdtempSync(join(tmpdir(), 'quits-queue-')), 'queue');
		await createDirectory(unfinished);
		try {
			renameSync(unfinished, TEMPLATE);
		} catch {
			// Another test file was faster.
		}
	}
	cpSync(TEMPLATE, directory, { recursive: true });
}

const nothing = async (): Promise<void> => {};
const nothings = queueNames.map((name) => [name, nothing]);
/** A handler that does nothing for every queue. */
export const idleHandlers = Object.fromEntries(nothings) as Doorbells & OnDead;

type TestQueueOptions = Pick<QueueOptions, 'db' | 'config'> &
	Partial<Omit<QueueOptions, 'doorbells' | 'onDead'>> & {
		doorbells?: Partial<Doorbells>;
		onDead?: Partial<OnDead>;
	};

/** Starts a queue whose handlers do nothing unless given, and stops it after the test. */
export async function startTestQueue(options: TestQueueOptions): Promise<Queue> {
	await prepareQueueDirectory(options.config);
	const queue = await startQueue({
		log: keptLog().log,
		work: true,
		...options,
		doorbells: { ...idleHandlers, ...options.doorbells },
		onDead: { ...idleHandlers, ...options.onDead }
	});
	onTestFinished(() => queue.stop());
	return queue;
}
