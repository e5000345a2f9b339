/** Lets at most `limit` at once, and `perPerson` of one; the others wait, and whoever came first goes first. */
export class Turns {
	readonly #limit: number;
	readonly #perPerson: number;
	#running = 0;
	readonly #of = new Map<string, number>();
	#waiting: { who: string | undefined; begin: () => void }[] = [];

	constructor(limit: number, perPerson: number) {
		this.#limit = limit;
		this.#perPerson = perPerson;
	}

	/** Resolves when it is `who`'s turn, to what ends it. Without `who` only the whole counts. */
	async take(who?: string): Promise<() => void> {
		await new Promise<void>((begin) => {
			this.#waiting.push({ who, begin });
			this.#next();
		});
		return () => {
			this.#running--;
			if (who !== undefined) this.#count(who, -1);
			this.#next();
		};
	}

	#count(who: string, by: number): void {
		const count = (this.#of.get(who) ?? 0) + by;
		if (count > 0) this.#of.set(who, count);
		else this.#of.delete(who);
	}

	/** One leaves at a time, so one can begin at most; of those who wait for a turn of their own the next ones go first. */
	#next(): void {
		if (this.#running >= this.#limit) return;
		const isFree = (who: string | undefined) =>
			who === undefined || (this.#of.get(who) ?? 0) < this.#perPerson;
		const at = this.#waiting.findIndex(({ who }) => isFree(who));
		if (at < 0) return;
		const [{ who, begin }] = this.#waiting.splice(at, 1) as [{ who: string | undefined; begin: () => void }];
		this.#running++;
		if (who !== undefined) this.#count(who, 1);
		begin();
	}
}
