/**
 * What is known about the transaction that the current code runs in. Two uses: a query that goes through `db` although a
 * transaction is open is refused (with SQLite it would wait for itself, with Postgres it would see other data), and
 * `afterCommit` finds the list of what to do once the transaction has been committed.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

export type OpenTransaction = { open: boolean; afterCommit: (() => void)[] };

export const currentTransaction = new AsyncLocalStorage<OpenTransaction>();

/** A bug in the calling code: inside a transaction everything goes through `tx`. */
export class OutsideTransactionError extends Error {
	override name = 'OutsideTransactionError';
}

function refuseInsideTransaction(): void {
	if (currentTransaction.getStore()?.open) {
		throw new OutsideTransactionError('a query went through db inside a transaction: use tx');
	}
}

/**
 * The same client, refusing calls that are made from inside a transaction. It looks at the call, not at the query below it:
 * Prisma gathers the `findUnique`s of a moment and sends them together, from wherever the first of them came.
 */
export function guarded<Client extends object>(client: Client): Client {
	const parts = new Map<PropertyKey, unknown>();
	return new Proxy(client, {
		get(target, name) {
			const part: unknown = Reflect.get(target, name);
			if (!parts.has(name)) parts.set(name, guardedPart(target, part));
			return parts.get(name);
		}
	});
}

function guardedPart(client: object, part: unknown): unknown {
	if (typeof part === 'object' && part !== null) return guarded(part);
	if (typeof part !== 'function') return part;
	return async (...args: unknown[]): Promise<unknown> => {
		refuseInsideTransaction();
		return Reflect.apply(part, client, args);
	};
}
