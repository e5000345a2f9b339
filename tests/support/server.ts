/** Quits as people run it: the built server in a process of its own. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterAll, expect } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import type { DbConfig } from '#server/db/client.ts';
import { apiAt, registered } from './api.ts';
import { freePort } from './free-port.ts';
import { connectLive } from './live.ts';
import type { Person, SendOptions } from './person.ts';
import type { File } from './statement.ts';

export type LogLine = { level: number; msg: string; [key: string]: unknown };
export type Ended = { code: number | null; signal: NodeJS.Signals | null };

export type Server = {
	url: string;
	pid: number;
	log: readonly LogLine[];
	/** Whatever it wrote that was no log line. */
	noise: readonly string[];
	/** The first log line whose text fits, be it there already or to come. Rejects when the process ends first. */
	logged: (text: RegExp) => Promise<LogLine>;
	/** Sends a signal and resolves when the process has ended. */
	end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<Ended>;
	ended: Promise<Ended>;
	/** Passwords and tokens of its people: none may ever be in what it writes. */
	secrets: Set<string>;
};

const running = new Set<Server>();
const launched: Server[] = [];
afterAll(async () => {
	await Promise.all([...running].map((server) => server.end('SIGKILL')));
	for (const { log, noise, secrets } of launched.splice(0)) {
		const written = [...log.map((line) => JSON.stringify(line)), ...noise].join('\n');
		expect([...secrets].filter((secret) => written.includes(secret))).toEqual([]);
	}
});

// What `npm start` runs, without the shell around it.
const command = manifest.scripts.start.split(' node ')[1]!.split(' ');

/** What a process may use of the machine: no file larger than so many bytes, as on a disk that is full by then. */
export type Bounds = { largestFile?: number };

/** Starts a process on a database, without waiting for anything. */
export async function launchServer(
	config: DbConfig,
	env: Record<string, string> = {},
	{ largestFile }: Bounds = {}
): Promise<Server> {
	const port = env['PORT'] ?? String(await freePort());
	const bounded = `ulimit -f ${Math.ceil((largestFile ?? 0) / 512)}; exec "$0" "$@"`;
	const [program, args] = largestFile
		? ['/bin/sh', ['-c', bounded, process.execPath, ...command]]
		: [process.execPath, command];
	const child = spawn(program, args, {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {
			PATH: process.env['PATH'],
			NODE_ENV: 'production',
			DATA_DIR: config.dataDir,
			...(config.databaseUrl && { DATABASE_URL: config.databaseUrl }),
			PORT: port,
			RATE_LIMITS: 'off',
			...env
		}
	});
	const log: LogLine[] = [];
	const noise: string[] = [];
	const waiting = new Set<() => void>();
	const hear = (text: string): void => {
		if (text.startsWith('{')) log.push(JSON.parse(text) as LogLine);
		else noise.push(text);
		for (const look of waiting) look();
	};
	createInterface(child.stdout).on('line', hear);
	createInterface(child.stderr).on('line', hear);
	const ended = new Promise<Ended>((resolve) =>
		child.once('close', (code, signal) => resolve({ code, signal }))
	);
	const logged = (text: RegExp): Promise<LogLine> =>
		new Promise((resolve, reject) => {
			const look = (): void => {
				const found = log.find(({ msg }) => text.test(msg));
				if (!found) return;
				waiting.delete(look);
				resolve(found);
			};
			waiting.add(look);
			void ended.then(({ code }) => {
				const said = [...log.map((line) => JSON.stringify(line)), ...noise].join('\n');
				reject(new Error(`the server ended with ${code} before it logged ${text}:\n${said}`));
			});
			look();
		});
	const server: Server = {
		url: `http://127.0.0.1:${port}`,
		pid: child.pid ?? 0,
		log,
		noise,
		logged,
		ended,
		secrets: new Set(),
		end: (signal) => {
			child.kill(signal);
			return ended;
		}
	};
	running.add(server);
	launched.push(server);
	void ended.then(() => running.delete(server));
	return server;
}

/** Starts a process and waits until people can reach it; the queue comes up behind. */
export async function startServer(
	config: DbConfig,
	env: Record<string, string> = {},
	bounds: Bounds = {}
): Promise<Server> {
	const server = await launchServer(config, env, bounds);
	await server.logged(env['ROLE'] === 'worker' ? /the queue is up/ : /Quits is open/);
	return server;
}

/** Somebody who signs up on a server. The first one is the admin. */
export async function signUp({ url, secrets }: Server, name: string): Promise<Person> {
	const password = `${name} likes rainy Sundays`;
	const { token, user } = await registered(
		apiAt(url).auth.register.mutate({
			name,
			email: `${name.toLowerCase()}@example.org`,
			password
		})
	);
	secrets.add(password).add(token);
	return visit(url, { id: user.id, name, token });
}

/** Somebody who has a session, on whichever process of the same Quits is there now. */
export async function visit(
	url: string,
	{ id, name, token }: Pick<Person, 'id' | 'name' | 'token'>
): Promise<Person> {
	const send = async (file: File, options: SendOptions = {}): Promise<string> => {
		const answer = await postStatement(url, token, file, options);
		if (answer.status !== 201) throw new Error(`the upload was refused: ${JSON.stringify(answer)}`);
		return String(answer.body['uploadId']);
	};
	return { id, name, token, send, api: apiAt(url, token), live: await connectLive(url, { token }) };
}

type Answer = { status: number; body: Record<string, unknown> };

/** Sends a statement as a form of the browser does. */
export async function postStatement(
	url: string,
	token: string,
	{ name, bytes }: File,
	{ accountId, mapping, preview }: SendOptions = {}
): Promise<Answer> {
	const form = new FormData();
	form.set('file', new Blob([bytes]), name);
	if (accountId) form.set('accountId', accountId);
	if (mapping) form.set('mapping', JSON.stringify(mapping));
	if (preview) form.set('preview', '1');
	const headers = { authorization: `Bearer ${token}` };
	const response = await fetch(`${url}/api/uploads`, { method: 'POST', headers, body: form });
	return { status: response.status, body: (await response.json()) as Answer['body'] };
}
