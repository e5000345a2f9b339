/** A server of the real build on throwaway data, as a process of its own, for benchmarks. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import type { ClientEvents, ServerEvents } from '#lib/realtime/events.ts';

export type BenchServer = {
	url: string;
	dataDir: string;
	/** From the start of the process to the first page answered. */
	startMs: number;
	/** The most memory the process has held so far, in MB. */
	peakMb(): Promise<number>;
	/** What it holds now, in MB. */
	residentMb(): Promise<number>;
	stop(keepData?: boolean): Promise<void>;
};

/** Starts the build in ./build. With `dataDir` on the data of an earlier one, with `env` under further settings. */
export async function startServer(
	options: { dataDir?: string; ready?: boolean; env?: Record<string, string> } = {}
): Promise<BenchServer> {
	const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'quits-bench-')));
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const started = performance.now();
	const server = spawn(process.execPath, [...startFlags(), 'build/server/app-server.js'], {
		env: {
			...process.env,
			NODE_ENV: 'production',
			PORT: String(port),
			DATA_DIR: dataDir,
			RATE_LIMITS: 'off',
			LOG_LEVEL: 'warn',
			...options.env
		},
		stdio: ['ignore', 'inherit', 'inherit']
	});
	await until(async () => (await fetch(`${url}/sign-in`)).ok);
	const startMs = performance.now() - started;
	if (options.ready !== false) await until(async () => (await fetch(`${url}/readyz`)).ok);
	const status = async (field: string) => {
		const text = await readFile(`/proc/${server.pid}/status`, 'utf8');
		return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(text)?.[1]) / 1024;
	};
	return {
		url,
		dataDir,
		startMs,
		peakMb: () => status('VmHWM'),
		residentMb: () => status('VmRSS'),
		stop: async (keepData = false) => {
			const ended = new Promise((resolve) => server.once('exit', resolve));
			server.kill('SIGTERM');
			await ended;
			if (!keepData) await rm(dataDir, { recursive: true, force: true });
		}
	};
}

/** The flags `npm start` gives to Node, so that what is measured is what people run. */
function startFlags(): string[] {
	const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
	return scripts.start.match(/--\S+/g) ?? [];
}

async function until(done: () => Promise<boolean>): Promise<void> {
	for (let tries = 0; tries < 3000; tries++) {
		if (await done().catch(() => false)) return;
		await delay(10);
	}
	throw new Error('the server did not come up within 30 s');
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once('error', reject);
		probe.listen(0, '127.0.0.1', () => {
			const address = probe.address();
			probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
		});
	});
}

/** A signed-in person of that server. */
export type Person = {
	token: string;
	call<T>(procedure: string, input?: unknown): Promise<T>;
	upload(csv: string, name?: string): Promise<string>;
	/** Resolves with the last counters once the upload has ended. */
	ended(
		uploadId: string
	): Promise<{ status: string; imported: number; duplicates: number; rejected: number }>;
	leave(): void;
};

/** Makes an account; the first of a server is its admin. */
export async function signUp(url: string, name: string): Promise<Person> {
	const post = async (procedure: string, input: unknown, token?: string) => {
		const response = await fetch(`${url}/api/trpc/${procedure}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
			body: JSON.stringify(input)
		});
		const body = (await response.json()) as { result?: { data: unknown }; error?: unknown };
		if (!body.result) throw new Error(`${procedure}: ${JSON.stringify(body.error)}`);
		return body.result.data;
	};
	const email = `${name}@example.org`;
	const made = (await post('auth.register', { email, name, password: 'a long enough password' })) as {
		token: string;
	};
	const { token } = made;
	const headers = { authorization: `Bearer ${token}` };
	const socket: Socket<ServerEvents, ClientEvents> = io(url, { auth: { token }, transports: ['websocket'] });
	const ends = new Map<string, Parameters<ServerEvents['upload:done']>[0]>();
	const waiting = new Map<string, (event: Parameters<ServerEvents['upload:done']>[0]) => void>();
	socket.on('upload:done', (event) => {
		ends.set(event.uploadId, event);
		waiting.get(event.uploadId)?.(event);
	});
	await new Promise<void>((resolve) => socket.once('connect', resolve));
	return {
		token,
		call: async <T>(procedure: string, input?: unknown) => {
			const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`;
			const response = await fetch(`${url}/api/trpc/${procedure}${query}`, { headers });
			const body = (await response.json()) as { result?: { data: T }; error?: unknown };
			if (!body.result) throw new Error(`${procedure}: ${JSON.stringify(body.error)}`);
			return body.result.data;
		},
		upload: async (csv, fileName = 'statement.csv') => {
			const form = new FormData();
			form.set('file', new File([csv], fileName));
			const response = await fetch(`${url}/api/uploads`, { method: 'POST', headers, body: form });
			const body = (await response.json()) as { uploadId?: string };
			if (!body.uploadId) throw new Error(JSON.stringify(body));
			return body.uploadId;
		},
		ended: (uploadId) =>
			new Promise((resolve) => {
				const known = ends.get(uploadId);
				if (known) resolve(known);
				else waiting.set(uploadId, resolve);
			}),
		leave: () => void socket.disconnect()
	};
}
