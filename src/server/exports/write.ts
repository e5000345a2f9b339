import { Worker } from 'node:worker_threads';
import type { Batch, Document, Format } from '#lib/exports/document.ts';
import { DomainError } from '../errors.ts';
import { threadUrl } from '../thread-url.ts';
import type { ExportAnswer, ExportRequest } from './messages.ts';
import { Turns } from './turns.ts';
import type { Options } from './writers/writer.ts';

/** What is to be written: a document, and its rows as they are read. */
export type Source = { document: Document; batches: AsyncGenerator<Batch, void, undefined> };

/** Threads at once in this process, and those of one person. A thread is held for as long as its file is being taken. */
const mostThreads = 6;
const mostOfOne = 2;
const turns = new Turns(mostThreads, mostOfOne);

export type For = {
	/** Whose file it is: some of the threads are left for others. */
	who?: string;
	/** Told of rows that were written. */
	onRows?: (count: number) => void;
};

/**
 * A source as the bytes of a file, piece by piece. Rows are read here while a thread writes those before, and no more of either
 * than a piece is held ahead of whoever takes the pieces. The first piece waits until a thread is free. Errors: those of reading,
 * and TOO_LARGE with the writer's reason.
 */
export async function* written(
	source: Source,
	format: Format,
	options: Options = { bom: false },
	{ who, onRows }: For = {}
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
	const leave = await turns.take(who);
	try {
		yield* writtenBy(takeThread(onRows), source, format, options);
	} finally {
		leave();
	}
}

async function* writtenBy(
	thread: Thread,
	{ document, batches }: Source,
	format: Format,
	options: Options
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
	try {
		yield* await thread.ask({ do: 'begin', document, format, options });
		let reading = batches.next();
		for (;;) {
			const batch = await reading;
			if (batch.done) break;
			const writing = thread.ask({ do: 'write', ...batch.value });
			reading = batches.next();
			reading.catch(() => undefined); // what it throws is thrown where it is awaited
			yield* await writing;
		}
		while (!thread.isDone) yield* await thread.ask({ do: 'end' });
	} finally {
		await giveBack(thread);
		await batches.return();
	}
}

// A thread that has written a file waits a while for the next: starting one and loading what it needs takes longer than a small
// export itself.
const idleMs = 60_000;
const mostIdle = 2;
const idle: { thread: Thread; timer: NodeJS.Timeout }[] = [];

function takeThread(onRows: For['onRows']): Thread {
	const kept = idle.pop();
	clearTimeout(kept?.timer);
	const thread = !kept || kept.thread.fault ? new Thread() : kept.thread;
	thread.onRows = onRows;
	return thread;
}

async function giveBack(thread: Thread): Promise<void> {
	// One that was left in the middle of a file still has it on its hands.
	if (!thread.isDone || thread.fault || idle.length >= mostIdle) return thread.end();
	const timer = setTimeout(() => {
		const at = idle.findIndex((entry) => entry.thread === thread);
		if (at >= 0) idle.splice(at, 1);
		void thread.end();
	}, idleMs).unref();
	idle.push({ thread, timer });
	thread.rest();
}

/** Ends the threads that wait for work; for leaving. */
export async function endWriters(): Promise<void> {
	for (const { thread, timer } of idle.splice(0)) {
		clearTimeout(timer);
		await thread.end();
	}
}

class Thread {
	readonly #worker = new Worker(threadUrl('export-thread', import.meta.url), {
		// The process keeps its young objects in little room, to be small when idle; rows are nothing but young objects.
		resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 }
	});
	#waiting: { resolve(answer: ExportAnswer): void; reject(error: Error): void } | undefined;
	/** The file is whole. */
	isDone = false;
	onRows: For['onRows'];
	/** What it ended of. */
	fault: Error | undefined;

	constructor() {
		this.#worker.on('message', (answer: ExportAnswer) => this.#waiting?.resolve(answer));
		this.#worker.on('error', (error) => {
			const isTooLarge = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
			this.#leave(isTooLarge ? new DomainError('TOO_LARGE', 'export_too_large') : error);
		});
		this.#worker.on('exit', () => this.#leave(new Error('the export thread has ended')));
	}

	#leave(fault: Error): void {
		this.fault ??= fault;
		this.#waiting?.reject(this.fault);
	}

	/** The pieces that came of it: one, or none. */
	async ask(request: ExportRequest): Promise<Uint8Array<ArrayBuffer>[]> {
		if (this.fault) throw this.fault;
		this.#worker.ref();
		const answer = await new Promise<ExportAnswer>((resolve, reject) => {
			this.#waiting = { resolve, reject };
			this.#worker.postMessage(request);
		});
		if (answer.is === 'refused') throw new DomainError('TOO_LARGE', answer.reason);
		if (answer.is === 'failed') throw Object.assign(new Error(answer.message), { stack: answer.stack });
		this.isDone = answer.isLast;
		if (answer.rows > 0) this.onRows?.(answer.rows);
		return answer.bytes.length > 0 ? [answer.bytes] : [];
	}

	/** Keeps no process alive while it waits. */
	rest(): void {
		this.#worker.unref();
	}

	async end(): Promise<void> {
		this.#worker.removeAllListeners();
		await this.#worker.terminate();
	}
}
