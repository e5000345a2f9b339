/** SQLite as what a backup is made of, and as what one is restored into. */
import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { BackupError, type Kind, type Row, type Table, type Value } from './format.ts';
import type { Snapshot, Target } from './sides.ts';
import { kept, parentsFirst } from './tables.ts';

const rowsAtOnce = 500;

const kinds: Record<string, Kind> = {
	TEXT: 'text',
	INTEGER: 'integer',
	BIGINT: 'integer',
	REAL: 'real',
	BOOLEAN: 'boolean',
	DATETIME: 'time',
	JSONB: 'json',
	BLOB: 'bytes'
};

/** How Prisma keeps a value of each kind, as the backup has it. NULL is null. */
const read: Partial<Record<Kind, (value: never) => Value>> = {
	boolean: (value: number) => value !== 0,
	// SQLite's own clock, which writes defaults, leaves the zone out: it is UTC.
	time: (value: string) => new Date(value.includes('T') ? value : `${value}Z`).toISOString(),
	json: (value: string | number) => JSON.parse(String(value)) as Value, // a JSON number is kept as one
	bytes: (value: Buffer) => value.toString('base64')
};
const write: Partial<Record<Kind, (value: never) => string | number | Buffer>> = {
	boolean: (value: boolean) => Number(value),
	time: (value: string) => value.replace('Z', '+00:00'),
	json: (value: Value) => JSON.stringify(value),
	bytes: (value: string) => Buffer.from(value, 'base64')
};

function tablesOf(db: Database.Database): Table[] {
	const names = db
		.prepare(`SELECT "name" FROM sqlite_schema WHERE "type" = 'table'`)
		.pluck()
		.all() as string[];
	const references = (name: string): string[] =>
		(db.pragma(`foreign_key_list("${name}")`) as { table: string }[]).map(({ table }) => table);
	const ours = names.filter((name) => kept.has(name)).sort();
	return parentsFirst(ours, references).map((name) => ({ name, columns: columnsOf(db, name) }));
}

function columnsOf(db: Database.Database, table: string): Table['columns'] {
	const columns = db.pragma(`table_info("${table}")`) as { name: string; type: string }[];
	return columns.map(({ name, type }) => {
		const kind = kinds[type];
		if (!kind) throw new Error(`${table}.${name} is of the unknown type ${type}`);
		return { name, kind };
	});
}

const listed = (names: readonly { name: string }[]): string =>
	names.map(({ name }) => `"${name}"`).join(', ');

/** What a file holds at this moment; others go on writing meanwhile. */
export function sqliteSnapshot(file: string): Snapshot {
	if (!existsSync(file)) throw new BackupError(`there is no ${file}: nothing to back up`);
	const db = new Database(file, { readonly: true });
	db.exec('BEGIN'); // the first statement then settles which moment is read
	const migrations = db
		.prepare(`SELECT "migration_name" FROM "_prisma_migrations"`)
		.pluck()
		.all() as string[];
	return {
		migrations: migrations.sort(),
		tables: tablesOf(db),
		select: async (query) => db.prepare(query).raw().all() as Row[],

		async *rows({ name, columns }, some) {
			const readers = columns.map(({ kind }) => read[kind] as ((value: Value) => Value) | undefined);
			const rows = db
				.prepare(`SELECT ${listed(columns)} FROM ${some?.from ?? `"${name}"`}`)
				.raw()
				.iterate(...(some ? [{ 1: some.person }] : []));
			let batch: Row[] = [];
			for (const row of rows as Iterable<Row>) {
				for (let at = 0; at < row.length; at++) {
					const reader = readers[at];
					if (reader && row[at] !== null) row[at] = reader(row[at]);
				}
				if (batch.push(row) < rowsAtOnce) continue;
				yield batch;
				batch = [];
			}
			if (batch.length > 0) yield batch;
		},
		close: async () => void db.close()
	};
}

/** A file with all tables and no rows, to be filled in one transaction. */
export function sqliteTarget(file: string): Target {
	const db = new Database(file);
	db.pragma('foreign_keys = OFF'); // all are checked at the end
	db.exec('BEGIN');
	return {
		tables: async () => tablesOf(db),
		insert: async ({ name, columns }, rows) => {
			const writers = columns.map(({ kind }) => write[kind] as ((value: Value) => Value) | undefined);
			const places = columns.map(() => '?').join(', ');
			const insert = db.prepare(`INSERT INTO "${name}" (${listed(columns)}) VALUES (${places})`);
			for (const row of rows) {
				insert.run(row.map((value, at) => (value === null ? null : (writers[at]?.(value) ?? value))));
			}
		},
		commit: async () => {
			const dangling = db.pragma('foreign_key_check') as unknown[];
			if (dangling.length > 0) throw new BackupError(`${dangling.length} rows refer to what is not there`);
			db.exec('COMMIT');
			db.close();
		},
		abort: async () => void db.close()
	};
}
