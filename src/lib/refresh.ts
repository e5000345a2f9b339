/**
 * Loads again when asked: a moment later, because reasons come in bunches, never twice at the same time, and so that what was
 * true when it was asked is shown by the end. Browser only.
 */
export class Refresh {
	readonly #load: () => Promise<unknown>;
	readonly #pauseMs: number;
	#running: Promise<unknown> = Promise.resolve();
	#next: Promise<void> | undefined;
	#stopped = false;

	constructor(load: () => Promise<unknown>, pauseMs = 50) {
		this.#load = load;
		this.#pauseMs = pauseMs;
	}

	/** Resolves when a load that began after this call is through, well or not. */
	ask(): Promise<void> {
		return (this.#next ??= this.#later());
	}

	/** Begins no further load. */
	stop(): void {
		this.#stopped = true;
	}

	async #later(): Promise<void> {
		await Promise.all([new Promise((resolve) => setTimeout(resolve, this.#pauseMs)), this.#running]);
		this.#next = undefined;
		if (this.#stopped) return;
		// What went wrong is for whoever loads to show; here it only must not keep the next load from running.
		this.#running = this.#load().catch(() => undefined);
		await this.#running;
	}
}
