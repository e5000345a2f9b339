/**
 * Prisma's own SQLite adapter shares one connection between everybody: a query outside a transaction joins whichever
 * transaction happens to be open (and vanishes when that one rolls back), and a COMMIT that fails leaves it open for good.
 * This wraps it: one connection writes, behind a fair lock; another one reads, and sees committed rows only.
 */
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import {
	DriverAdapterError,
	type SqlDriverAdapter,
	type SqlDriverAdapterFactory,
	type SqlQuery,
	type Transaction
} from '@prisma/driver-adapter-utils';
import type Database from 'better-sqlite3';
import { FairLock } from './write-lock.ts';

type Connection = SqlDriverAdapter & { client: Database.Database };

const ADAPTER = { provider: 'sqlite', adapterName: '@prisma/adapter-better-sqlite3' } as const;

// How long SQLite waits for another process (a backup, a command line). It stops the event loop meanwhile, so inside this
// process the lock is what orders writers.
const BUSY_TIMEOUT_MS = 5000;

// SQLite's own limits are made for small devices: 2 MB of pages in memory, and a checkpoint every 4 MB of changes. An import
// that writes 100,000 rows in slices does half its work over again under those.
const WRITER_PRAGMAS =
	'PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-16000; PRAGMA wal_autocheckpoint=4000;';

const CONTROL = /^\s*(BEGIN|COMMIT|END|ROLLBACK|SAVEPOINT|RELEASE|ATTACH|DETACH)\b/i;
const KINDS_REMEMBERED = 1000;

const statement = (sql: string): SqlQuery => ({ sql, args: [], argTypes: [] });

async function connect(file: string, pragmas: string): Promise<Connection> {
	const official = new PrismaBetterSqlite3({ url: `file:${file}`, timeout: BUSY_TIMEOUT_MS });
	const connection = (await official.connect()) as Connection;
	connection.client.exec(
		`PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=${BUSY_TIMEOUT_MS}; ${pragmas}`
	);
	return connection;
}

/** Tells statements that only read, which may use the second connection. Remembers the answer for each text. */
function readOnlyTest(reader: Connection): (sql: string) => boolean {
	const kinds = new Map<string, boolean>();
	return (sql) => {
		const known = kinds.get(sql);
		if (known !== undefined) return known;
		if (CONTROL.test(sql)) {
			throw new DriverAdapterError({
				kind: 'sqlite',
				extendedCode: 1,
				message: `${sql.slice(0, 20)}: use inTx`
			});
		}
		const kind = isReadOnly(reader.client, sql);
		if (kinds.size >= KINDS_REMEMBERED) kinds.clear();
		kinds.set(sql, kind);
		return kind;
	};
}

function isReadOnly(client: Database.Database, sql: string): boolean {
	try {
		return client.prepare(sql).readonly;
	} catch {
		return false; // not valid SQL: the writer reports it
	}
}

async function begin(writer: Connection, lock: FairLock, level?: string): Promise<Transaction> {
	if (level !== undefined && level !== 'SERIALIZABLE') {
		throw new DriverAdapterError({ kind: 'InvalidIsolationLevel', level });
	}
	const release = await lock.acquire();
	try {
		await writer.executeRaw(statement('BEGIN IMMEDIATE'));
	} catch (error) {
		release();
		throw error;
	}
	return transactionOn(writer, release);
}

function transactionOn(writer: Connection, release: () => void): Transaction {
	let open = true;
	// SQLite rolls back by itself on a full disk and the like; what followed would then commit statement by statement.
	const requireOpen = (query: SqlQuery): void => {
		if (!open || !writer.client.inTransaction) {
			throw new DriverAdapterError({ kind: 'TransactionAlreadyClosed', cause: query.sql.slice(0, 40) });
		}
	};
	const execute = async (query: SqlQuery): Promise<number> => {
		requireOpen(query);
		return writer.executeRaw(query);
	};
	// Prisma sends COMMIT or ROLLBACK as a statement and then calls this; after a COMMIT that failed there is still something
	// to roll back.
	const end = async (): Promise<void> => {
		if (!open) return;
		open = false;
		try {
			if (writer.client.inTransaction) writer.client.exec('ROLLBACK');
		} finally {
			release();
		}
	};
	const control = async (sql: string): Promise<void> => {
		await execute(statement(sql));
	};
	return {
		...ADAPTER,
		options: { usePhantomQuery: false },
		queryRaw: async (query) => {
			requireOpen(query);
			return writer.queryRaw(query);
		},
		executeRaw: execute,
		commit: end,
		rollback: end,
		createSavepoint: (name) => control(`SAVEPOINT ${name}`),
		rollbackToSavepoint: (name) => control(`ROLLBACK TO ${name}`),
		releaseSavepoint: (name) => control(`RELEASE SAVEPOINT ${name}`)
	};
}

/** The adapter for one SQLite file, to be given to a Prisma client. The file is made when it is missing. */
export function sqliteAdapter(file: string): SqlDriverAdapterFactory {
	return {
		...ADAPTER,
		connect: async () => {
			const writer = await connect(file, WRITER_PRAGMAS);
			const reader = await connect(file, 'PRAGMA query_only=ON;');
			const lock = new FairLock();
			const onlyReads = readOnlyTest(reader);
			const alone = async <T>(work: () => Promise<T>): Promise<T> => {
				const release = await lock.acquire();
				try {
					return await work();
				} finally {
					release();
				}
			};
			return {
				...ADAPTER,
				queryRaw: (query) =>
					onlyReads(query.sql) ? reader.queryRaw(query) : alone(() => writer.queryRaw(query)),
				executeRaw: (query) => alone(() => writer.executeRaw(query)),
				executeScript: (script) => alone(() => writer.executeScript(script)),
				startTransaction: (level) => begin(writer, lock, level),
				dispose: async () => {
					await reader.dispose();
					await writer.dispose();
				}
			};
		}
	};
}
