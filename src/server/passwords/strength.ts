/** How strong a password is: the one judge for the meter and for what is taken. The work is done in a thread. */
import { Worker } from 'node:worker_threads';
import type { PasswordJudgement } from '#lib/password-problems.ts';
import { DomainError } from '../errors.ts';
import { threadUrl } from '../thread-url.ts';
import type { JudgeAnswer, JudgeRequest } from './judge-messages.ts';
import type { About } from './words-about.ts';

/** Judging takes milliseconds, loading two seconds on a slow machine: after this long something is wrong. */
const silenceMs = 30_000;
/** The dictionaries take 100 MB: they go when nobody chooses a password. */
const idleMs = 60_000;

type Waiting = { resolve(judgement: PasswordJudgement): void; reject(error: Error): void };

class JudgeThread {
	readonly #worker = new Worker(threadUrl('judge-thread', import.meta.url), {
		resourceLimits: { maxOldGenerationSizeMb: 512 }
	});
	readonly #waiting = new Map<number, Waiting>();
	#jobs = 0;
	#timer: NodeJS.Timeout | undefined;

	constructor() {
		this.#worker.on('message', (answer: JudgeAnswer) => {
			const waiting = this.#waiting.get(answer.job);
			this.#waiting.delete(answer.job);
			this.#watch();
			if ('judgement' in answer) waiting?.resolve(answer.judgement);
			else waiting?.reject(new Error(`a password could not be judged: ${answer.failed}`));
		});
		this.#worker.on('error', (error) => this.#lost(error));
		this.#worker.on('exit', () => this.#lost(new Error('the thread that judges passwords has ended')));
	}

	judge(password: string, about: About): Promise<PasswordJudgement> {
		return new Promise((resolve, reject) => {
			const job = ++this.#jobs;
			this.#waiting.set(job, { resolve, reject });
			this.#worker.postMessage({ job, password, about } satisfies JudgeRequest);
			if (this.#waiting.size === 1) this.#watch();
		});
	}

	/** Whoever waits is told; nobody's password is taken unjudged. */
	async end(why = new Error('the thread that judges passwords was ended')): Promise<void> {
		this.#lost(why);
		await this.#worker.terminate();
	}

	/** Ends the thread when it says nothing for too long, be it that it hangs or that nobody asks. */
	#watch(): void {
		const isAsked = this.#waiting.size > 0;
		// Waiting for nobody, it keeps no process from ending.
		if (isAsked) this.#worker.ref();
		else this.#worker.unref();
		clearTimeout(this.#timer);
		const why = new Error('the thread that judges passwords does not answer');
		this.#timer = setTimeout(() => void this.end(why), isAsked ? silenceMs : idleMs).unref();
	}

	#lost(error: Error): void {
		if (thread === this) thread = undefined;
		clearTimeout(this.#timer);
		for (const { reject } of this.#waiting.values()) reject(error);
		this.#waiting.clear();
	}
}

let thread: JudgeThread | undefined;

/** Ends the thread, for leaving; the next password starts another one. */
export const endJudge = async (): Promise<void> => thread?.end();

/**
 * Judges a password. `about`: whose it is to be, for what a guesser knows of them. The same password gets the same answer
 * wherever it is asked. Throws when it could not be judged, which is a bug and comes out as UNAVAILABLE.
 */
export const judgePassword = (password: string, about: About): Promise<PasswordJudgement> =>
	(thread ??= new JudgeThread()).judge(password, about);

/** Lets a new password pass, or says what is wrong with it: INVALID, with the problem under `field`. */
export async function requireStrong(
	password: string,
	{ email, name }: About,
	field = 'password'
): Promise<void> {
	const { problem } = await judgePassword(password, { email, name });
	if (problem) throw new DomainError('INVALID', 'invalid', { fields: { [field]: problem } });
}
