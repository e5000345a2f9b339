import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import type { Db } from './client.ts';
import type { Prisma as Postgres, PrismaClient as PostgresClient } from './gen/postgres/client.ts';
import type { Prisma as Sqlite } from './gen/sqlite/client.ts';

const CONNECTIONS = 10;
const CONNECT_TIMEOUT_MS = 5000;

/** The adapter for a Postgres address, to be given to a Prisma client. */
export function postgresAdapter(connectionString: string): SqlDriverAdapterFactory {
	return new PrismaPg({
		connectionString,
		max: CONNECTIONS,
		connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
		application_name: 'quits'
	});
}

type Operations<Map, Model> = Model extends keyof Map
	? Map[Model] extends { operations: infer O }
		? O
		: never
	: never;
type Part<Ops, Op, K> = Op extends keyof Ops ? (K extends keyof Ops[Op] ? Ops[Op][K] : never) : never;

/** The operations of one model that do not take the arguments, or do not give the results, of their namesake for SQLite. */
type Differences<Ours, Theirs> = {
	[Op in keyof Ours]: [Part<Ours, Op, 'args'>, Part<Theirs, Op, 'result'>] extends [
		Part<Theirs, Op, 'args'>,
		Part<Ours, Op, 'result'>
	]
		? never
		: Op;
}[keyof Ours];

type Misfits = {
	[Model in keyof Sqlite.TypeMap['model']]: Differences<
		Operations<Sqlite.TypeMap['model'], Model>,
		Operations<Postgres.TypeMap['model'], Model>
	>;
}[keyof Sqlite.TypeMap['model']];

/**
 * The Postgres client as a `Db`, whose type is the SQLite client's. The cast is sound: should any operation of any model
 * differ in what it takes or gives, this returns its name instead and `openDb` no longer compiles. The compiler does not
 * see arguments that only one of them has (`mode: 'insensitive'`, JSON paths); those fail when they run, so every test
 * runs on both.
 */
export function asDb(client: PostgresClient): [Misfits] extends [never] ? Db : Misfits {
	return client as unknown as Db;
}
