/**
 * PGlite away from the main thread, because its maintenance would block the event loop for up to 60 ms. As a worker thread
 * this serves the directory in `workerData` to pglite-client.ts; as a program of its own it makes a directory and exits,
 * because making one takes 500 MB that a process never gives back.
 */
import { isMainThread, parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';

export type ThreadRequest = {
	id: number;
	call: 'query' | 'exec' | 'listen' | 'unlisten' | 'close';
	text: string;
	values?: unknown[];
};
export type ThreadError = {
	message: string;
	code?: string | undefined;
	constraint?: string | undefined;
	detail?: string | undefined;
};
export type ThreadMessage =
	| { ready: true }
	| { channel: string; payload: string }
	| { id: number; result: unknown }
	| { id: number; error: ThreadError };

// The queue is small; PGlite's defaults are meant for databases and cost 130 MB more.
const SMALL = ['shared_buffers=8MB', 'wal_buffers=256kB', 'max_wal_size=64MB', 'min_wal_size=32MB'];

async function openDirectory(directory: string): Promise<PGlite> {
	const database = new PGlite(directory, { postgresqlconf: SMALL });
	await database.waitReady;
	return database;
}

async function serve(directory: string, port: MessagePort): Promise<void> {
	const database = await openDirectory(directory);
	const listening = new Map<string, () => Promise<void>>();
	const send = (message: ThreadMessage): void => port.postMessage(message);

	const calls: { [C in ThreadRequest['call']]: (request: ThreadRequest) => Promise<unknown> } = {
		query: ({ text, values }) => database.query(text, values),
		exec: ({ text }) => database.exec(text),
		listen: async ({ text: channel }) => {
			listening.set(channel, await database.listen(channel, (payload) => send({ channel, payload })));
		},
		unlisten: async ({ text: channel }) => {
			await listening.get(channel)?.();
			listening.delete(channel);
		},
		close: () => database.close()
	};

	port.on('message', async (request: ThreadRequest) => {
		try {
			send({ id: request.id, result: await calls[request.call](request) });
		} catch (error) {
			send({ id: request.id, error: describe(error) });
		}
		if (request.call === 'close') port.close();
	});
	send({ ready: true });
}

function describe(error: unknown): ThreadError {
	const { message, code, constraint, detail } = error as ThreadError;
	return { message: message ?? String(error), code, constraint, detail };
}

if (parentPort) {
	const { directory } = workerData as { directory: string };
	await serve(directory, parentPort);
} else if (isMainThread && process.argv[2] !== undefined) {
	await (await openDirectory(process.argv[2])).close();
}
