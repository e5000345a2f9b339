/** A Quits that the simulation runs against, in this process or another, and that can be started again. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import * as jobs from '#jobs/index.ts';
import type { Config } from '#server/config.ts';
import type { Db } from '#server/db/client.ts';
import type { Log } from '#server/log.ts';
import { attachSockets } from '#server/realtime/sockets.ts';
import { startApp } from '#server/start.ts';
import { fetchOf } from '../link.ts';
import { NoAnswer } from './wire.ts';

export type SimulatedQuits = {
	/** Where the sockets are, the same after a restart. */
	port: number;
	/** Where calls of the API go. */
	apiUrl: string;
	/** How somebody's calls get there. Rejects while it is down. */
	fetchFor: (token: string) => typeof fetch;
	/** The database, for making people. */
	withDb: <T>(work: (db: Db) => Promise<T>) => Promise<T>;
	restart: () => Promise<void>;
	stop: () => Promise<void>;
};

type Running = Awaited<ReturnType<typeof startApp>> & { http: Server; connections: Set<Socket> };

/** Starts one in this process: only the way from an HTTP request to its procedure is shorter than in real life. */
export async function startHere(config: Config, log: Log): Promise<SimulatedQuits> {
	const start = async (port: number): Promise<Running> => {
		const started = await startApp(config, log, jobs);
		const http = createServer((_, answer) => answer.writeHead(404).end());
		const connections = new Set<Socket>();
		http.on('connection', (socket) => connections.add(socket));
		attachSockets(started.app.live.sockets, http);
		http.listen(port, '127.0.0.1');
		await once(http, 'listening');
		return { ...started, http, connections };
	};
	let running: Running | null = await start(0);
	const { port } = running.http.address() as AddressInfo;
	let calls = 0;
	const end = async (): Promise<void> => {
		const { stop, http, connections } = running!;
		running = null;
		// What is being answered is finished, and reaches nobody any more.
		while (calls > 0) await delay(1);
		await stop();
		http.close();
		// A process that ends takes them with it, those still on their way too.
		for (const socket of connections) socket.destroy();
	};
	const send = async (token: string, ...request: Parameters<typeof fetch>): Promise<Response> => {
		if (!running) throw new NoAnswer();
		const at = running;
		calls++;
		try {
			const answer = await fetchOf(at.app, { token })(...request);
			if (running !== at) throw new NoAnswer();
			return answer;
		} finally {
			calls--;
		}
	};
	return {
		port,
		apiUrl: 'http://quits.test/api/trpc',
		fetchFor: (token) => ((...request) => send(token, ...request)) as typeof fetch,
		withDb: (work) => work(running!.app.db),
		restart: async () => {
			await end();
			running = await start(port);
		},
		stop: end
	};
}
