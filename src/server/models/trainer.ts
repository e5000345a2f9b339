/** The main thread's side of the thread that trains and measures models: one for each training, ended with it. */
import { Worker } from 'node:worker_threads';
import type { Correction } from '#models/corrections.ts';
import type { Metrics } from '#models/evaluate.ts';
import { DomainError } from '../errors.ts';
import { threadUrl } from '../thread-url.ts';
import type { Trained, TrainerAnswer, TrainerRequest } from './trainer-messages.ts';

/** The base model alone takes half of it. */
const memoryMb = 1024;

/** The training was told to stop. */
export class Stopped extends Error {}

export type Progress = Omit<TrainerAnswer & { is: 'progress' }, 'is'>;

const open = new Set<Trainer>();

export class Trainer {
	readonly #worker = new Worker(threadUrl('trainer-thread', import.meta.url), {
		resourceLimits: { maxOldGenerationSizeMb: memoryMb }
	});
	readonly #onProgress: (progress: Progress) => void;
	#waiting: PromiseWithResolvers<TrainerAnswer> | undefined;
	#over: Error | undefined;

	constructor(onProgress: (progress: Progress) => void = () => undefined) {
		this.#onProgress = onProgress;
		open.add(this);
		this.#worker.on('message', (answer: TrainerAnswer) => {
			if (answer.is === 'progress') this.#onProgress(answer);
			else if (answer.is === 'failed') {
				this.#fail(Object.assign(new Error(answer.message), { stack: answer.stack }));
			} else this.#settle()?.resolve(answer);
		});
		this.#worker.on('error', (error) => {
			const tooMuch = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
			this.#fail(tooMuch ? new DomainError('TOO_LARGE', 'training_too_large') : error);
		});
		this.#worker.on('exit', () => this.#fail(new Error('the thread that trains has ended')));
	}

	/** The choices that follow are another person's. */
	nextPerson(): void {
		this.#tell({ do: 'nextPerson' });
	}

	/** Hands over choices of the present person. Answers whether more of theirs would be used. */
	async add(rows: Correction[]): Promise<boolean> {
		const answer = await this.#ask({ do: 'corrections', rows });
		return answer.is === 'taken' && answer.wantsMore;
	}

	/** Trains on what was handed over, and compares with another model's trial (null: the base model's). */
	async train(rivalTrial: Uint8Array | null): Promise<Trained> {
		const answer = await this.#ask({ do: 'train', rivalTrial });
		if (answer.is !== 'trained') throw new Error(`the thread that trains answered ${answer.is}`);
		return answer.trained;
	}

	/** Measures a trial (null: the base model's) on merchants of the lexicon and of what was handed over. */
	async evaluate(trial: Uint8Array | null): Promise<Metrics> {
		const answer = await this.#ask({ do: 'evaluate', trial });
		if (answer.is !== 'evaluated') throw new Error(`the thread that trains answered ${answer.is}`);
		return answer.metrics;
	}

	/** Ends the thread at once, whatever it is doing; whoever waits for it hears `why`. */
	async end(why: Error = new Stopped()): Promise<void> {
		this.#fail(why);
		await this.#worker.terminate();
	}

	#tell(request: TrainerRequest): void {
		this.#worker.postMessage(request);
	}

	async #ask(request: TrainerRequest): Promise<Exclude<TrainerAnswer, { is: 'progress' | 'failed' }>> {
		if (this.#over) throw this.#over;
		this.#waiting = Promise.withResolvers();
		this.#tell(request);
		const answer = await this.#waiting.promise;
		if (answer.is === 'progress' || answer.is === 'failed') throw new Error(`unexpected ${answer.is}`);
		return answer;
	}

	#settle() {
		const waiting = this.#waiting;
		this.#waiting = undefined;
		return waiting;
	}

	#fail(why: Error): void {
		this.#over ??= why;
		open.delete(this);
		this.#settle()?.reject(this.#over);
	}
}

/** Ends every training of this process; for leaving. They begin anew with the next start. */
export async function endTrainers(): Promise<void> {
	await Promise.all([...open].map((trainer) => trainer.end()));
}
