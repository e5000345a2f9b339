export type Release = () => void;

/** A lock that is given in the order it was asked for, so that nobody starves behind a busy neighbour. */
export class FairLock {
	#waiting: ((release: Release) => void)[] = [];
	#held = false;

	/** Resolves with the lock held; call what it resolves with to free it (calling again does nothing). */
	acquire(): Promise<Release> {
		return new Promise((resolve) => {
			this.#waiting.push(resolve);
			if (!this.#held) this.#next();
		});
	}

	#next(): void {
		const resolve = this.#waiting.shift();
		this.#held = resolve !== undefined;
		if (!resolve) return;
		let freed = false;
		resolve(() => {
			if (freed) return;
			freed = true;
			this.#next();
		});
	}
}
