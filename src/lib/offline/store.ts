/** One table in the browser's database. Browser only. */

const request = <T>(asked: IDBRequest<T>): Promise<T> =>
	new Promise((resolve, reject) => {
		asked.onsuccess = () => resolve(asked.result);
		asked.onerror = () => reject(asked.error ?? new Error('the browser could not store this'));
	});

/** Rows by their `id`. Each call is a transaction of its own. */
export class Store<Row extends { id: string }> {
	readonly #name: string;
	#database: Promise<IDBDatabase> | undefined;

	constructor(name: string) {
		this.#name = name;
	}

	all(): Promise<Row[]> {
		return this.#run('readonly', (table) => table.getAll() as IDBRequest<Row[]>);
	}

	async put(row: Row): Promise<void> {
		await this.#run('readwrite', (table) => table.put(row));
	}

	async delete(id: string): Promise<void> {
		await this.#run('readwrite', (table) => table.delete(id));
	}

	async #run<T>(mode: IDBTransactionMode, work: (table: IDBObjectStore) => IDBRequest<T>): Promise<T> {
		this.#database ??= this.#open();
		const transaction = (await this.#database).transaction(this.#name, mode);
		return request(work(transaction.objectStore(this.#name)));
	}

	#open(): Promise<IDBDatabase> {
		const opening = indexedDB.open(`quits-${this.#name}`, 1);
		opening.onupgradeneeded = () => opening.result.createObjectStore(this.#name, { keyPath: 'id' });
		return request(opening);
	}
}
