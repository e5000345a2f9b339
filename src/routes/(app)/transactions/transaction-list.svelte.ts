/** The transactions that a page has loaded so far, newest first. */
import { api, type Outputs } from '#lib/trpc.ts';
import { filterQuery, type Filter } from './filter.ts';

export type TransactionPage = Outputs['transactions']['list'];
export type Transaction = TransactionPage['items'][number];

const pageSize = 200;
/** New rows that make it worth stopping. */
const fewest = 50;

export class TransactionList {
	items: readonly Transaction[] = $state.raw([]);
	/** The next page could not be loaded. */
	failed: boolean = $state(false);
	#cursor: string | null = $state(null);
	#filter: Filter = {};
	#first: TransactionPage | undefined;
	#loading = false;

	constructor(filter: Filter, first: TransactionPage) {
		this.load(filter, first);
	}

	get complete(): boolean {
		return this.#cursor === null;
	}

	/**
	 * Takes a first page. When it is the same list loaded again and still joins what is here, the pages below stay: nothing jumps
	 * under the reader.
	 */
	load(filter: Filter, first: TransactionPage): void {
		if (first === this.#first) return;
		const isSame = filterQuery(filter) === filterQuery(this.#filter);
		this.#first = first;
		this.#filter = filter;
		this.failed = false;
		const last = first.items.at(-1);
		const joint = isSame && last ? this.items.findIndex(({ id }) => id === last.id) : -1;
		if (joint === -1) {
			this.items = first.items;
			this.#cursor = first.nextCursor;
		} else {
			this.items = [...first.items, ...this.items.slice(joint + 1)];
		}
	}

	/**
	 * Loads the next page, unless it is on its way or there is none. A search gives short pages where it finds little, so this
	 * goes on until there is something to show.
	 */
	async more(): Promise<void> {
		if (this.#loading) return;
		let first = this.#first;
		let enough = this.items.length + fewest;
		this.#loading = true;
		try {
			while (this.#cursor !== null && this.items.length < enough) {
				const next = { ...this.#filter, cursor: this.#cursor, limit: pageSize };
				const page = await api().transactions.list.query(next);
				if (first !== this.#first) {
					// The list was loaded again meanwhile, or is another one: on from where that ends, as nobody asks again.
					first = this.#first;
					enough = this.items.length + fewest;
					continue;
				}
				this.items = [...this.items, ...page.items];
				this.#cursor = page.nextCursor;
				this.failed = false;
			}
		} catch {
			this.failed = true;
		} finally {
			this.#loading = false;
		}
	}

	/** Shows a change at once, for those it is true of. */
	change(
		concerns: (transaction: Transaction) => boolean,
		patch: Partial<Transaction> | ((transaction: Transaction) => Partial<Transaction>)
	): void {
		const patchOf = typeof patch === 'function' ? patch : () => patch;
		this.items = this.items.map((item) => (concerns(item) ? { ...item, ...patchOf(item) } : item));
	}

	remove(concerns: (transaction: Transaction) => boolean): void {
		this.items = this.items.filter((item) => !concerns(item));
	}
}
