/** The build as a process of its own, started the way `npm start` does it. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export type Server = {
	/** Where it is open, without a trailing slash. */
	url: string;
	process: ChildProcess;
	/** What it has logged so far. */
	log: () => string;
	/** Resolves when it has ended; with SIGTERM it ends cleanly. */
	stop: (signal?: 'SIGTERM' | 'SIGKILL') => Promise<void>;
};

type Options = { dataDir: string; port?: number; env?: Record<string, string> };

/** Builds unless the build that is there is of these sources. */
export function build(): void {
	execFileSync(process.execPath, ['scripts/build-if-needed.mjs'], { cwd: root, stdio: 'inherit' });
}

/** Starts the build on a data directory and waits until it is ready. Rejects with its log when it ends before, or when the port is taken. */
export async function startBuild({ dataDir, port, env = {} }: Options): Promise<Server> {
	const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
		scripts: { start: string };
	};
	const chosen = port ?? (await freePort());
	// Whoever listens there would answer in its place.
	if (port && !(await isFree(port)))
		throw new Error(`something else listens on port ${port}: set PORT to another`);
	const url = `http://127.0.0.1:${chosen}`;
	const lines: string[] = [];
	const child = spawn('/bin/sh', ['-c', scripts.start], {
		cwd: root,
		stdio: ['ignore', 'pipe', 'pipe'],
		// Out of the terminal's group: Ctrl-C reaches whoever started it, who stops it in order.
		detached: true,
		env: {
			...process.env,
			PATH: [join(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter),
			DATA_DIR: dataDir,
			PORT: String(chosen),
			HOST: '127.0.0.1',
			...env
		}
	});
	child.stdout.on('data', (chunk) => lines.push(String(chunk)));
	child.stderr.on('data', (chunk) => lines.push(String(chunk)));
	const log = () => lines.join('');
	const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
	const stop: Server['stop'] = async (signal = 'SIGTERM') => {
		child.kill(signal);
		await ended;
	};
	// Whatever ends this process, the server goes with it.
	const killed = () => void child.kill('SIGKILL');
	process.once('exit', killed);
	void ended.then(() => process.off('exit', killed));

	const gone = ended.then(() => Promise.reject(new Error(`Quits did not start:\n${log()}`)));
	await Promise.race([untilReady(url), gone]);
	gone.catch(() => undefined);
	return { url, process: child, log, stop };
}

const patienceMs = 60_000;

async function untilReady(url: string): Promise<void> {
	const deadline = Date.now() + patienceMs;
	for (;;) {
		const ready = await fetch(`${url}/readyz`).then(
			({ ok }) => ok,
			() => false
		);
		if (ready) return;
		if (Date.now() > deadline) throw new Error(`${url} was not ready after ${patienceMs / 1000} seconds`);
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
}

const isFree = (port: number): Promise<boolean> =>
	new Promise((resolve) => {
		const probe = createServer();
		probe.once('error', () => resolve(false));
		probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
	});

/** A port of this machine that nobody listens on. */
function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once('error', reject);
		probe.listen(0, '127.0.0.1', () => {
			const address = probe.address();
			if (address === null || typeof address === 'string') return reject(new Error('no port'));
			probe.close(() => resolve(address.port));
		});
	});
}
