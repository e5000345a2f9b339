// Prisma's schema engine without its binary: the same engine as WebAssembly, fed by adapters that need no running database.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import {
	bindMigrationAwareSqlAdapterFactory,
	type SqlDriverAdapter,
	type SqlMigrationAwareDriverAdapterFactory
} from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';

export type Dialect = 'sqlite' | 'postgres';

const PROVIDERS = { sqlite: 'sqlite', postgres: 'postgresql' } as const;
const NO_FILTERS = { externalTables: [], externalEnums: [] };

const refuse = (): Promise<never> => Promise.reject(new Error('the schema engine works offline here'));

/** Stands in for Postgres: the engine asks one question when it opens, which an empty answer satisfies. */
const offlineConnection: SqlDriverAdapter = {
	provider: 'postgres',
	adapterName: 'offline',
	getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: true }),
	queryRaw: () => Promise.resolve({ columnNames: [], columnTypes: [], rows: [] }),
	executeRaw: () => Promise.resolve(0),
	executeScript: refuse,
	startTransaction: refuse,
	dispose: () => Promise.resolve()
};

const offlinePostgres: SqlMigrationAwareDriverAdapterFactory = {
	provider: 'postgres',
	adapterName: 'offline',
	connect: () => Promise.resolve(offlineConnection),
	connectToShadowDb: refuse
};

type EngineExports = { __wbindgen_start: () => void };

let loaded = false;

/** Once per process: a second instance would share the bindings' state with the first and end in a panic. */
function loadEngine(): void {
	if (loaded) return;
	loaded = true;
	const wasm = fileURLToPath(import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg')).replace(
		/js$/,
		'wasm'
	);
	const module = new WebAssembly.Module(readFileSync(wasm));
	const instance = new WebAssembly.Instance(module, { './schema_engine_bg.js': bindings });
	bindings.__wbg_set_wasm(instance.exports);
	(instance.exports as EngineExports).__wbindgen_start();
}

function forDialect(schema: string, dialect: Dialect): string {
	return schema.replace(/provider\s*=\s*"sqlite"/, `provider = "${PROVIDERS[dialect]}"`);
}

/**
 * The SQL that turns a database with schema `from` into one with schema `to`; empty when they agree.
 * Both are texts of schema.prisma as written for SQLite; `from` is null for an empty database.
 */
export async function diffSchemas(dialect: Dialect, from: string | null, to: string): Promise<string> {
	loadEngine();
	const factory = dialect === 'sqlite' ? new PrismaBetterSqlite3({ url: ':memory:' }) : offlinePostgres;
	const target = (schema: string) => ({
		tag: 'schemaDatamodel' as const,
		files: [{ path: 'schema.prisma', content: forDialect(schema, dialect) }]
	});
	const engine = await bindings.SchemaEngine.new(
		{ datamodels: [['schema.prisma', forDialect(to, dialect)]] },
		() => {},
		bindMigrationAwareSqlAdapterFactory(factory)
	);
	try {
		const { exitCode, stdout } = await engine.diff({
			from: from === null ? { tag: 'empty' } : target(from),
			to: target(to),
			script: true,
			exitCode: true,
			filters: NO_FILTERS
		});
		return exitCode === 2 ? (stdout ?? '') : '';
	} finally {
		engine.free();
	}
}
