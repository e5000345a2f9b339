/** The main thread's side of the reader threads: a few of them, started when needed, ended when idle. */
import { Worker } from 'node:worker_threads';
import type { Detection } from '#lib/statement/types.ts';
import { DomainError, type ErrorParams } from '../errors.ts';
import { threadUrl } from '../thread-url.ts';
import { sliceRows } from './limits.ts';
import type { ModelInUse, ReaderAnswer, ReaderRequest, Slice } from './reader-messages.ts';

/** A file that never ends parsing is refused after this long without a word from the thread. */
const silenceMs = 60_000;
const idleMs = 5 * 60_000;

/** The file cannot be read; the message for people is `error_<reason>`. */
export class Unreadable extends DomainError {
	constructor(reason: string, params: ErrorParams = {}) {
		super('INVALID', reason, { params });
	}
}

class Reader {
	readonly #worker = new Worker(threadUrl('reader-thread', import.meta.url), {
		resourceLimits: { maxOldGenerationSizeMb: 256 }
	});
	#answer: { resolve(a: ReaderAnswer): void; reject(e: Error): void } | undefined;
	dead = false;

	constructor() {
		this.#worker.on('message', (answer: ReaderAnswer) => this.#settle()?.resolve(answer));
		this.#worker.on('error', (error) => {
			this.dead = true;
			const reason =
				(error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'file_too_complex' : null;
			this.#settle()?.reject(reason ? new Unreadable(reason) : error);
		});
		this.#worker.on('exit', () => {
			this.dead = true;
			this.#settle()?.reject(new Error('the reader thread has ended'));
		});
		this.#worker.unref();
	}

	#settle() {
		const waiting = this.#answer;
		this.#answer = undefined;
		return waiting;
	}

	async ask(request: ReaderRequest): Promise<ReaderAnswer> {
		const answer = await new Promise<ReaderAnswer>((resolve, reject) => {
			const timer = setTimeout(() => {
				void this.end();
				reject(new Unreadable('file_too_slow'));
			}, silenceMs);
			const stop = () => clearTimeout(timer);
			this.#answer = {
				resolve: (a) => (stop(), resolve(a)),
				reject: (e) => (stop(), reject(e))
			};
			this.#worker.postMessage(request);
		});
		if (answer.is === 'refused') throw new Unreadable(answer.code, answer.params);
		if (answer.is === 'failed') throw Object.assign(new Error(answer.message), { stack: answer.stack });
		return answer;
	}

	tell(request: ReaderRequest): void {
		this.#worker.postMessage(request);
	}

	async end(): Promise<void> {
		this.dead = true;
		await this.#worker.terminate();
	}
}

const idle: { reader: Reader; timer: NodeJS.Timeout }[] = [];
let jobs = 0;

async function withReader<T>(work: (reader: Reader, job: number) => Promise<T>): Promise<T> {
	const kept = idle.pop();
	if (kept) clearTimeout(kept.timer);
	const reader = kept && !kept.reader.dead ? kept.reader : new Reader();
	const job = ++jobs;
	try {
		return await work(reader, job);
	} finally {
		if (!reader.dead) {
			reader.tell({ do: 'stop', job });
			const timer = setTimeout(() => {
				idle.splice(
					idle.findIndex((entry) => entry.reader === reader),
					1
				);
				void reader.end();
			}, idleMs).unref();
			idle.push({ reader, timer });
		}
	}
}

/** Ends the threads that wait for work; for leaving. */
export async function endReaders(): Promise<void> {
	for (const { reader, timer } of idle.splice(0)) {
		clearTimeout(timer);
		await reader.end();
	}
}

/** Works out how a file is written. Throws {@link Unreadable}. */
export const detectStatement = (
	bytes: Uint8Array,
	hints: Pick<ReaderRequest & { do: 'detect' }, 'defaultCurrency' | 'remembered' | 'said'>
): Promise<Detection> =>
	withReader(async (reader, job) => {
		const answer = await reader.ask({ do: 'detect', job, bytes, ...hints });
		if (answer.is !== 'detected') throw new Error(`the reader answered ${answer.is}`);
		return answer.detection;
	});

/**
 * Reads the rows after `fromLine`, categorised by the rules, what their person has said so far and a model, and hands them over slice by slice; the thread prepares the next slice while
 * `store` writes this one. `store` answers false to stop, and then the result is null; else it is the merchants of the file.
 * Throws {@link Unreadable}.
 */
export const readStatement = (
	{
		bytes,
		model,
		...what
	}: Pick<
		ReaderRequest & { do: 'read' },
		'bytes' | 'mapping' | 'fromLine' | 'rules' | 'accountId' | 'model' | 'own'
	>,
	store: (slice: Slice) => Promise<boolean>
): Promise<string[] | null> =>
	withReader(async (reader, job) => {
		const inUse = { id: model.id, bytes: model.bytes }; // the loaded model itself goes to no other thread
		let answer = await reader.ask({ do: 'read', job, bytes, sliceRows, ...what, model: inUse });
		while (answer.is === 'slice') {
			const upcoming = reader.ask({ do: 'next', job });
			// The next job of this thread must not get an answer meant for this one, even if storing fails.
			const answered = upcoming.catch(() => undefined);
			const goOn = await store(answer.slice).finally(() => answered);
			answer = await upcoming;
			if (!goOn) return null;
		}
		if (answer.is !== 'end') throw new Error(`the reader answered ${answer.is}`);
		return answer.merchantKeys;
	});
