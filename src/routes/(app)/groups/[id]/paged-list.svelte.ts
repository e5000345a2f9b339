/** A list that is loaded page by page, newest first, and kept true to the server when its first page is loaded anew. */

export type Page<T, C> = { items: readonly T[]; nextCursor: C | null };

export class PagedList<T, C> {
	items: readonly T[] = $state.raw([]);
	/** Where the next page begins; null when everything is here. */
	cursor: C | null = $state.raw(null);
	/** The next page could not be loaded. */
	failed: boolean = $state(false);
	readonly #idOf: (item: T) => unknown;
	#fetch: (cursor: C) => Promise<Page<T, C>> = () => Promise.reject(new Error('nothing to load from'));
	#about: string | undefined;
	#first: Page<T, C> | undefined;
	#loading: Promise<void> | undefined;

	constructor(idOf: (item: T) => unknown) {
		this.#idOf = idOf;
	}

	/**
	 * Takes a first page. `about` names the list: the same one keeps the pages below, so that nothing jumps under the reader, and
	 * loads them again behind.
	 */
	load(about: string, first: Page<T, C>, fetch: (cursor: C) => Promise<Page<T, C>>): void {
		if (first === this.#first) return;
		const isSame = about === this.#about;
		this.#about = about;
		this.#first = first;
		this.#fetch = fetch;
		this.failed = false;
		const last = first.items.at(-1);
		const joint = isSame && last ? this.items.findIndex((item) => this.#idOf(item) === this.#idOf(last)) : -1;
		const below = joint === -1 ? [] : this.items.slice(joint + 1);
		this.items = [...first.items, ...below];
		if (below.length === 0) this.cursor = first.nextCursor;
		else void this.#reloadBelow(first, first.items.length + below.length);
	}

	/** Loads the next page, unless it is on its way or there is none. Pages may be short or empty: it goes on until something came. */
	more(): Promise<void> {
		return (this.#loading ??= this.#more().finally(() => (this.#loading = undefined)));
	}

	async #more(): Promise<void> {
		const count = this.items.length;
		try {
			while (this.cursor !== null && this.items.length <= count) {
				const [first, cursor] = [this.#first, this.cursor];
				const page = await this.#fetch(cursor);
				if (first !== this.#first || cursor !== this.cursor) continue; // it has been loaded anew meanwhile
				this.items = [...this.items, ...page.items];
				this.cursor = page.nextCursor;
				this.failed = false;
			}
		} catch {
			this.failed = true;
		}
	}

	/** What changed may be anywhere: loads as many as there were, and only then shows them. */
	async #reloadBelow(first: Page<T, C>, count: number): Promise<void> {
		try {
			let items = first.items;
			let cursor = first.nextCursor;
			while (cursor !== null && items.length < count) {
				const page: Page<T, C> = await this.#fetch(cursor);
				if (first !== this.#first) return;
				items = [...items, ...page.items];
				cursor = page.nextCursor;
			}
			if (first !== this.#first) return;
			this.items = items;
			this.cursor = cursor;
		} catch {
			this.failed = true;
		}
	}
}
