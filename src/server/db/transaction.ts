/**
 * What is known about the transaction that the current code runs in. Two uses: a query that goes through `db` although a
 * transaction is open is refused (with SQLite it would wait for itself, with Postgres it would see other data), and
 * `afterCommit` finds the list of what to do once the transaction has been committed.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { SqlDriverAdapter, SqlDriverAdapterFactory, SqlQueryable } from '@prisma/driver-adapter-utils';

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

/** The same adapter, refusing queries that are made through `db` from inside a transaction. */
export function guarded(factory: SqlDriverAdapterFactory): SqlDriverAdapterFactory {
	const guard = <A extends unknown[], R>(call: (...args: A) => Promise<R>): ((...args: A) => Promise<R>) => {
		return async (...args) => {
			refuseInsideTransaction();
			return call(...args);
		};
	};
	const queries = (adapter: SqlQueryable) => ({
		queryRaw: guard(adapter.queryRaw.bind(adapter)),
		executeRaw: guard(adapter.executeRaw.bind(adapter))
	});
	return {
		provider: factory.provider,
		adapterName: factory.adapterName,
		connect: async (): Promise<SqlDriverAdapter> => {
			const adapter = await factory.connect();
			return {
				provider: adapter.provider,
				adapterName: adapter.adapterName,
				...queries(adapter),
				executeScript: guard(adapter.executeScript.bind(adapter)),
				startTransaction: guard(adapter.startTransaction.bind(adapter)),
				getConnectionInfo: () => adapter.getConnectionInfo?.() ?? { supportsRelationJoins: false },
				dispose: () => adapter.dispose()
			};
		}
	};
}
