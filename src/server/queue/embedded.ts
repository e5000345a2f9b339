/**
 * The directory behind the embedded queue, DATA_DIR/queue. It holds nothing that the outbox does not hold too, so whatever is
 * wrong with it has one answer: set it aside, start an empty one, hand everything over again.
 */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Log } from '../log.ts';
import { openPglite, pgliteThread, type PgliteClient } from './pglite-client.ts';

const run = promisify(execFile);

const OPEN_LIMIT_MS = 20_000;
const CREATE_LIMIT_MS = 60_000;
const HEALTH_LIMIT_MS = 20_000;

export const queueDirectory = (dataDir: string): string => join(dataDir, 'queue');

/** Opens the directory, making it when it is missing and replacing it when it cannot be used. */
export async function openEmbedded(directory: string, log: Log): Promise<PgliteClient> {
	if (isPresent(directory)) {
		try {
			return await openWhole(directory);
		} catch (err) {
			const aside = setAside(directory);
			log.warn({ err, aside }, 'the queue directory is damaged: set aside, and rebuilt from the outbox');
		}
	} else if (existsSync(directory)) {
		// PGlite would quietly start an empty cluster among the remains.
		const aside = setAside(directory);
		log.warn({ aside }, 'the queue directory is incomplete: set aside, and rebuilt from the outbox');
	} else log.info({ directory }, 'there is no queue directory: made anew, and filled from the outbox');
	await createDirectory(directory);
	return openWhole(directory);
}

const isPresent = (directory: string): boolean => existsSync(join(directory, 'PG_VERSION'));

/** Opens what must be there already, and reads every job once: a torn page shows only then. */
async function openWhole(directory: string): Promise<PgliteClient> {
	const client = await openPglite(directory, OPEN_LIMIT_MS);
	try {
		const { rows } = await client.query<{ jobs: string | null }>(
			`SELECT to_regclass('pgboss.job')::text AS jobs`
		);
		if (rows[0]?.jobs) await client.query('SELECT count(data) FROM pgboss.job');
		return client;
	} catch (error) {
		await client.terminate();
		throw error;
	}
}

/** Makes an empty directory, under another name first: one with the real name is complete. */
export async function createDirectory(directory: string): Promise<void> {
	mkdirSync(dirname(directory), { recursive: true });
	const unfinished = `${directory}.new`;
	rmSync(unfinished, { recursive: true, force: true });
	const program = fileURLToPath(pgliteThread());
	const empty = join(dirname(program), '../empty-queue'); // part of a build; from its sources the app makes its own
	if (existsSync(empty)) cpSync(empty, unfinished, { recursive: true });
	else await run(process.execPath, [program, unfinished], { timeout: CREATE_LIMIT_MS });
	renameSync(unfinished, directory);
}

/** Renames the directory to queue.broken-TIME and returns that; an older one is removed, as one is enough for a look. */
export function setAside(directory: string): string {
	const parent = dirname(directory);
	const prefix = `${basename(directory)}.broken-`;
	for (const older of readdirSync(parent).filter((name) => name.startsWith(prefix))) {
		rmSync(join(parent, older), { recursive: true, force: true });
	}
	const aside = join(parent, prefix + new Date().toISOString().replaceAll(':', '-'));
	renameSync(directory, aside);
	return aside;
}

/** Whether an open directory still works: it may be deleted, or damaged, while we use it. */
export async function isHealthy(directory: string, client: PgliteClient): Promise<boolean> {
	if (!isPresent(directory)) return false;
	const limit = Promise.withResolvers<boolean>();
	const timer = setTimeout(() => limit.resolve(false), HEALTH_LIMIT_MS);
	const answer = client.query('SELECT 1').then(
		() => true,
		() => false
	);
	return Promise.race([answer, limit.promise]).finally(() => clearTimeout(timer));
}
