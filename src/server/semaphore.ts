/** Lets at most `limit` pieces of work run at once; the others wait their turn. */
export class Semaphore {
	#free: number;
	readonly #waiting: (() => void)[] = [];

	constructor(limit: number) {
		this.#free = limit;
	}

	async run<T>(work: () => Promise<T>): Promise<T> {
		if (this.#free > 0) this.#free -= 1;
		else await new Promise<void>((resolve) => this.#waiting.push(resolve));
		try {
			return await work();
		} finally {
			const next = this.#waiting.shift();
			if (next) next();
			else this.#free += 1;
		}
	}
}
