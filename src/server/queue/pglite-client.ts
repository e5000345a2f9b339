import { Worker } from 'node:worker_threads';
import type { PGliteLike } from 'pg-boss';
import { threadUrl } from '../thread-url.ts';
import type { ThreadMessage, ThreadRequest } from './pglite-thread.ts';

type Waiting = { resolve: (result: unknown) => void; reject: (error: Error) => void };

/** The part of PGlite that pg-boss uses, with the database in a thread of its own. */
export type PgliteClient = PGliteLike & {
	/** Resolves when the thread has ended by itself; all calls fail from then on. */
	ended: Promise<Error>;
	close: () => Promise<void>;
	/** Ends the thread at once, as a crash would. */
	terminate: () => Promise<void>;
};

/** The thread's code, which doubles as the program that makes a directory. */
export const pgliteThread = (): URL => threadUrl('pglite-thread', import.meta.url);

/** Opens a PGlite directory. Rejects when that fails or takes longer than `limitMs`. */
export async function openPglite(directory: string, limitMs: number): Promise<PgliteClient> {
	const worker = new Worker(pgliteThread(), { workerData: { directory } });
	const thread = new PgliteThread(worker);
	const limit = setTimeout(() => void worker.terminate(), limitMs);
	try {
		await thread.ready;
	} catch (error) {
		await worker.terminate();
		throw error;
	} finally {
		clearTimeout(limit);
	}
	return thread;
}

class PgliteThread implements PgliteClient {
	readonly ready: Promise<void>;
	readonly ended: Promise<Error>;
	#worker: Worker;
	#waiting = new Map<number, Waiting>();
	#listeners = new Map<string, Set<(payload: string) => void>>();
	#lastId = 0;
	#end: Error | undefined;

	constructor(worker: Worker) {
		this.#worker = worker;
		const ready = Promise.withResolvers<void>();
		const ended = Promise.withResolvers<Error>();
		this.ready = ready.promise;
		this.ended = ended.promise;
		const end = (error: Error): void => {
			if (this.#end) return;
			this.#end = error;
			ready.reject(error);
			ended.resolve(error);
			for (const { reject } of this.#waiting.values()) reject(error);
			this.#waiting.clear();
		};
		worker.on('message', (message: ThreadMessage) => {
			if ('ready' in message) ready.resolve();
			else this.#receive(message);
		});
		worker.on('error', (cause) => end(new Error('the thread of the queue failed', { cause })));
		worker.on('exit', () => end(new Error('the thread of the queue ended')));
	}

	async query<T>(text: string, values?: unknown[]): Promise<{ rows: T[] }> {
		return (await this.#call('query', text, values)) as { rows: T[] };
	}

	async exec(text: string): Promise<{ rows: unknown[] }[]> {
		return (await this.#call('exec', text)) as { rows: unknown[] }[];
	}

	async listen(channel: string, listener: (payload: string) => void): Promise<() => Promise<void>> {
		const listeners = this.#listeners.get(channel) ?? new Set();
		this.#listeners.set(channel, listeners.add(listener));
		if (listeners.size === 1) await this.#call('listen', channel);
		return async () => {
			listeners.delete(listener);
			if (listeners.size === 0) await this.#call('unlisten', channel);
		};
	}

	async close(): Promise<void> {
		await this.#call('close', '');
	}

	async terminate(): Promise<void> {
		await this.#worker.terminate();
	}

	#call(call: ThreadRequest['call'], text: string, values?: unknown[]): Promise<unknown> {
		if (this.#end) return Promise.reject(this.#end);
		return new Promise((resolve, reject) => {
			const id = ++this.#lastId;
			this.#waiting.set(id, { resolve, reject });
			this.#worker.postMessage({ id, call, text, ...(values && { values }) } satisfies ThreadRequest);
		});
	}

	#receive(message: Exclude<ThreadMessage, { ready: true }>): void {
		if ('channel' in message) {
			for (const listener of this.#listeners.get(message.channel) ?? []) listener(message.payload);
			return;
		}
		const waiting = this.#waiting.get(message.id);
		this.#waiting.delete(message.id);
		if ('error' in message) waiting?.reject(Object.assign(new Error(message.error.message), message.error));
		else waiting?.resolve(message.result);
	}
}
