import { Worker } from 'node:worker_threads';
import type { Batch, Document, Format } from '#lib/exports/document.ts';
import { DomainError } from '../errors.ts';
import { threadUrl } from '../thread-url.ts';
import type { ExportAnswer, ExportRequest } from './messages.ts';
import type { Options } from './writers/writer.ts';

/** What is to be written: a document, and its rows as they are read. */
export type Source = { document: Document; batches: AsyncGenerator<Batch, void, undefined> };

/**
 * A source as the bytes of a file, piece by piece. Rows are read here while a thread writes those before, and no more of either
 * than a piece is held ahead of whoever takes the pieces. Errors: those of reading, and INVALID with the writer's reason.
 */
export async function* written(
	{ document, batches }: Source,
	format: Format,
	options: Options = { bom: false }
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
	const thread = new Thread();
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
		await thread.end();
		await batches.return();
	}
}

class Thread {
	readonly #worker = new Worker(threadUrl('export-thread', import.meta.url), {
		resourceLimits: { maxOldGenerationSizeMb: 256 }
	});
	#waiting: { resolve(answer: ExportAnswer): void; reject(error: Error): void } | undefined;
	/** The file is whole. */
	isDone = false;

	constructor() {
		this.#worker.on('message', (answer: ExportAnswer) => this.#waiting?.resolve(answer));
		this.#worker.on('error', (error) => {
			const isTooLarge = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
			this.#waiting?.reject(isTooLarge ? new DomainError('TOO_LARGE', 'export_too_large') : error);
		});
		this.#worker.on('exit', () => this.#waiting?.reject(new Error('the export thread has ended')));
		this.#worker.unref();
	}

	/** The pieces that came of it: one, or none. */
	async ask(request: ExportRequest): Promise<Uint8Array<ArrayBuffer>[]> {
		const answer = await new Promise<ExportAnswer>((resolve, reject) => {
			this.#waiting = { resolve, reject };
			this.#worker.postMessage(request);
		});
		if (answer.is === 'refused') throw new DomainError('TOO_LARGE', answer.reason);
		if (answer.is === 'failed') throw Object.assign(new Error(answer.message), { stack: answer.stack });
		this.isDone = answer.isLast;
		return answer.bytes.length > 0 ? [answer.bytes] : [];
	}

	async end(): Promise<void> {
		this.#worker.removeAllListeners();
		await this.#worker.terminate();
	}
}
