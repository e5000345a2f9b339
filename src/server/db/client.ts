/**
 * The database as the rest of the server sees it: one type for SQLite and Postgres, reads through `db`, everything that
 * belongs together through `inTx`.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as runtime from '@prisma/client/runtime/client';
import type { Prisma, PrismaClient } from './gen/sqlite/client.ts';
import { currentTransaction, guarded, type OpenTransaction } from './transaction.ts';

export type * from './gen/sqlite/client.ts';
export type { Sql } from '@prisma/client/runtime/client';

export type Dialect = 'sqlite' | 'postgres';
/** Where the data is: `databaseUrl` (postgres://…), or else a SQLite file in `dataDir`. */
export type DbConfig = { databaseUrl?: string | undefined; dataDir: string };
/** The client itself. `$transaction` is left out: {@link inTx} does more. */
export type Db = Omit<PrismaClient, '$transaction' | '$extends' | '$on'>;
/** A client inside a transaction. */
export type Tx = Prisma.TransactionClient;

// The pieces of Prisma that are needed as values; they are the same objects for both databases.
export const sql = runtime.sqltag;
export const { join: joinSql, raw: rawSql, empty: emptySql, DbNull, JsonNull } = runtime;

// Transactions wait for their turn with SQLite; Prisma's default of 2 s refuses some of 50 at once.
const TRANSACTION_OPTIONS = { maxWait: 10_000, timeout: 15_000 };

const configs = new WeakMap<object, DbConfig>();
const transactions = new WeakMap<Tx, { db: Db; state: OpenTransaction }>();

export const isPostgres = (config: DbConfig): boolean => config.databaseUrl !== undefined;

/** The SQLite file in a data directory. */
export const sqliteFile = (dataDir: string): string => join(dataDir, 'quits.db');

/** Opens the database that the settings name. Throws when it cannot be reached. The tables are `migrate`'s business. */
export async function openDb(config: DbConfig): Promise<Db> {
	const db = isPostgres(config) ? await openPostgres(config.databaseUrl!) : await openSqlite(config.dataDir);
	configs.set(db, config);
	await db.$connect();
	await db.$queryRaw`SELECT 1`;
	return db;
}

async function openSqlite(dataDir: string): Promise<Db> {
	mkdirSync(dataDir, { recursive: true });
	const { sqliteAdapter } = await import('./sqlite.ts');
	const { PrismaClient } = await import('./gen/sqlite/client.ts');
	const adapter = sqliteAdapter(sqliteFile(dataDir));
	return guarded(new PrismaClient({ adapter, transactionOptions: TRANSACTION_OPTIONS }));
}

async function openPostgres(url: string): Promise<Db> {
	const { asDb, postgresAdapter } = await import('./postgres.ts');
	const { PrismaClient } = await import('./gen/postgres/client.ts');
	const adapter = postgresAdapter(url);
	return asDb(guarded(new PrismaClient({ adapter, transactionOptions: TRANSACTION_OPTIONS })));
}

/** Which database stands behind a client or a transaction of {@link inTx}: for SQL that cannot be the same on both. */
export const dialectOf = (client: Db | Tx): Dialect => (isPostgres(configOf(client)) ? 'postgres' : 'sqlite');

/** Where the data of a client is: for what reads it by a connection of its own, or the files beside it. */
export function configOf(client: Db | Tx): DbConfig {
	const config = configs.get(client);
	if (!config) throw new Error('this client comes from neither openDb nor inTx');
	return config;
}

/**
 * Runs `work` in one transaction: all of it is kept, or nothing. Inside, use `tx` only; a query through `db` is refused.
 * Never catch a database error in there: Postgres has ended the transaction by then.
 */
export async function inTx<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
	const state: OpenTransaction = { open: true, afterCommit: [] };
	const run = (tx: Tx): Promise<T> => {
		configs.set(tx, configOf(db));
		transactions.set(tx, { db, state });
		return currentTransaction.run(state, () => work(tx));
	};
	let result: T;
	try {
		result = await (db as PrismaClient).$transaction(run);
	} finally {
		state.open = false;
	}
	for (const then of state.afterCommit) then();
	return result;
}

/** Does something once the transaction has been committed, and not at all when it is rolled back. `then` must not throw. */
export function afterCommit(tx: Tx, then: () => void): void {
	stateOf(tx).state.afterCommit.push(then);
}

/** The client a transaction was opened on. */
export const clientOf = (tx: Tx): Db => stateOf(tx).db;

function stateOf(tx: Tx): { db: Db; state: OpenTransaction } {
	const known = transactions.get(tx);
	if (!known) throw new Error('this transaction does not come from inTx');
	return known;
}
