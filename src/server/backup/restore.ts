import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { sqliteFile, type DbConfig } from '../db/client.ts';
import { migrate } from '../db/migrate.ts';
import { migrationsDirectory, readMigrations } from '../db/migrations.ts';
import { dropLock, lockDirectory, lockFile } from '../queue/directory-lock.ts';
import { queueDirectory } from '../queue/embedded.ts';
import {
	BackupError,
	readLines,
	requireNoDirectory,
	type EndLine,
	type Header,
	type Line,
	type Row,
	type Table
} from './format.ts';
import { postgresTarget } from './postgres.ts';
import type { Target } from './sides.ts';
import { sqliteTarget } from './sqlite.ts';
import { markOf } from './write.ts';

/** `appSecret`: as given from outside. */
type Where = DbConfig & { appSecret?: string | undefined };
export type Restored = { header: Header; rows: number; receipts: number; warning?: string };

/**
 * Puts everything of a backup into a place that nobody has used yet: a DATA_DIR, or the Postgres that DATABASE_URL names, whichever
 * database the backup is of. Until it returns, the place is as it was. Error: {@link BackupError}, when the place has people, is in
 * use, or the file is not whole.
 */
export async function restoreBackup(where: Where, file: string): Promise<Restored> {
	if (!existsSync(file)) throw new BackupError(`there is no ${file}`);
	requireNoDirectory(file);
	return where.databaseUrl ? intoPostgres(where, where.databaseUrl, file) : intoSqlite(where, file);
}

async function intoSqlite(where: Where, file: string): Promise<Restored> {
	const { dataDir } = where;
	await mkdir(dataDir, { recursive: true });
	const queue = queueDirectory(dataDir);
	const wasThere = existsSync(lockFile(queue));
	const free = await lockDirectory(queue, 0);
	const aside = join(dataDir, 'restoring');
	try {
		await requireUnusedDirectory(dataDir);
		const { restored, target } = await fill(where, file, aside, async ({ migrations }) => {
			await migrate({ dataDir: aside }, { until: migrations.at(-1) });
			return sqliteTarget(sqliteFile(aside));
		});
		await target.commit();
		await migrate({ dataDir: aside });
		await takeFiles(where, aside, restored.header);
		// They belong to the file that goes.
		for (const rest of ['-wal', '-shm']) await rm(sqliteFile(dataDir) + rest, { force: true });
		await rm(queue, { recursive: true, force: true });
		await rename(sqliteFile(aside), sqliteFile(dataDir));
		return restored;
	} finally {
		await rm(aside, { recursive: true, force: true });
		// Before it is given back: by then it may be somebody else's.
		if (!wasThere) dropLock(queue);
		free();
	}
}

/** Beside a Postgres a DATA_DIR holds receipts and the secret: those of another Quits must not make way. */
async function requireUnusedDirectory(dataDir: string): Promise<void> {
	const hasReceipts = (await readdir(join(dataDir, 'receipts')).catch(() => [])).length > 0;
	if (hasPeople(sqliteFile(dataDir)) || hasReceipts) throw inUse(`${dataDir} has`, 'name another DATA_DIR');
}

function hasPeople(file: string): boolean {
	if (!existsSync(file)) return false;
	const db = new Database(file, { readonly: true });
	try {
		const table = db.prepare(`SELECT 1 FROM sqlite_schema WHERE "name" = 'User'`).get();
		return table !== undefined && db.prepare(`SELECT 1 FROM "User" LIMIT 1`).get() !== undefined;
	} finally {
		db.close();
	}
}

async function intoPostgres(where: Where, databaseUrl: string, file: string): Promise<Restored> {
	await mkdir(where.dataDir, { recursive: true });
	const aside = join(where.dataDir, 'restoring');
	try {
		await requireUnused(databaseUrl);
		await requireUnusedDirectory(where.dataDir);
		const { restored, target } = await fill(where, file, aside, async ({ migrations }) => {
			await migrate({ ...where, databaseUrl }, { until: migrations.at(-1) });
			return postgresTarget(databaseUrl);
		});
		await takeFiles(where, aside, restored.header);
		try {
			await target.commit();
		} catch (error) {
			await rm(join(where.dataDir, 'receipts'), { recursive: true, force: true });
			throw error;
		}
		await migrate({ ...where, databaseUrl });
		return restored;
	} finally {
		await rm(aside, { recursive: true, force: true });
	}
}

async function requireUnused(databaseUrl: string): Promise<void> {
	const client = new pg.Client({ connectionString: databaseUrl, application_name: 'quits restore' });
	await client.connect();
	try {
		const { rows: others } = await client.query(
			`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name IN ('quits', 'quits queue')`
		);
		if (others.length > 0) throw new BackupError('Quits runs on this database: stop it first');
		const { rows: tables } = await client.query(`SELECT 1 WHERE to_regclass('"User"') IS NOT NULL`);
		const { rows: people } =
			tables.length > 0 ? await client.query(`SELECT 1 FROM "User" LIMIT 1`) : { rows: [] };
		if (people.length > 0) throw inUse('the database has', 'name an empty one in DATABASE_URL');
	} finally {
		await client.end();
	}
}

const inUse = (what: string, instead: string): BackupError =>
	new BackupError(`${what} a Quits with people in it already, and nothing is overwritten: ${instead}`);

/** Inserts all rows, and writes all receipts to `aside`; nothing is committed yet. */
async function fill(
	where: Where,
	file: string,
	aside: string,
	make: (header: Header) => Promise<Target>
): Promise<{ restored: Restored; target: Target }> {
	await rm(aside, { recursive: true, force: true });
	await mkdir(join(aside, 'receipts'), { recursive: true });
	const lines = readLines(file);
	const header = (await lines.next()).value as Header;
	requireKnown(header);
	const target = await make(header);
	try {
		const filling = new Filling(target, await target.tables(), join(aside, 'receipts'));
		for await (const line of lines) await filling.take(line);
		const { rows, receipts } = filling;
		return { restored: { header, rows, receipts, ...warningOf(header, where) }, target };
	} catch (error) {
		await target.abort();
		throw error;
	}
}

/** Either database has migrations that the other one needs not. */
function requireKnown({ migrations, version }: Header): void {
	const directory = migrationsDirectory();
	const ours = (['sqlite', 'postgres'] as const).flatMap((dialect) => readMigrations(directory, dialect));
	const unknown = migrations.find((name) => ours.every((known) => known.name !== name));
	if (unknown)
		throw new BackupError(`the backup was made by another Quits (${version}, with ${unknown}): use that one`);
}

/** Takes the lines of a backup after its header, in order. */
class Filling {
	rows = 0;
	receipts = 0;
	readonly #target: Target;
	readonly #tables: Map<string, Table>;
	readonly #directory: string;
	readonly #counts = new Map<string, number>();
	#table: Table | undefined;
	#batch: Row[] = [];
	#bytes = 0;

	constructor(target: Target, tables: readonly Table[], directory: string) {
		this.#target = target;
		this.#tables = new Map(tables.map((table) => [table.name, table]));
		this.#directory = directory;
	}

	async take(line: Line): Promise<void> {
		if (Array.isArray(line)) return this.#row(line);
		await this.#flush();
		if ('table' in line) this.#begin(line.table);
		else if ('receipt' in line) await this.#receipt(line.receipt, line.bytes);
		else if ('end' in line) this.#end(line.end);
	}

	async #row(row: Row): Promise<void> {
		this.#batch.push(row);
		this.#bytes += row.reduce<number>(
			(sum, value) => sum + (typeof value === 'string' ? value.length : 8),
			0
		);
		if (this.#batch.length >= rowsAtOnce || this.#bytes >= bytesAtOnce) await this.#flush();
	}

	#begin(table: Table): void {
		const ours = this.#tables.get(table.name);
		const same = ours?.columns.every(({ name, kind }) =>
			table.columns.some((column) => column.name === name && column.kind === kind)
		);
		if (!same || ours?.columns.length !== table.columns.length) {
			throw new BackupError(`the table ${table.name} of the backup is not the one of its migrations`);
		}
		this.#table = table;
		this.#counts.set(table.name, 0);
	}

	async #flush(): Promise<void> {
		if (this.#batch.length === 0) return;
		if (!this.#table) throw new BackupError('the backup is damaged: rows of no table');
		await this.#target.insert(this.#table, this.#batch);
		this.rows += this.#batch.length;
		this.#counts.set(this.#table.name, this.#counts.get(this.#table.name)! + this.#batch.length);
		[this.#batch, this.#bytes] = [[], 0];
	}

	async #receipt(id: string, bytes: string): Promise<void> {
		if (!/^[\da-f-]{36}$/i.test(id)) throw new BackupError('the backup is damaged: a receipt of no expense');
		await writeFile(join(this.#directory, id), bytes, { encoding: 'base64', mode: 0o600 });
		this.receipts++;
	}

	#end({ rows, receipts }: EndLine['end']): void {
		const missing = [...this.#tables.keys()].find((name) => rows[name] !== this.#counts.get(name));
		if (missing)
			throw new BackupError(
				`the backup is damaged: it should have ${rows[missing] ?? 'some'} rows of ${missing}`
			);
		if (receipts !== this.receipts)
			throw new BackupError(`the backup is damaged: it should have ${receipts} receipts`);
	}
}

/** So many rows, or characters of them, are inserted at once. */
const rowsAtOnce = 1000;
const bytesAtOnce = 4 * 1024 ** 2;

async function takeFiles({ dataDir, appSecret }: Where, aside: string, { secret }: Header): Promise<void> {
	await rm(join(dataDir, 'receipts'), { recursive: true, force: true }); // it is empty
	await rename(join(aside, 'receipts'), join(dataDir, 'receipts'));
	if (appSecret !== undefined || secret === undefined) return;
	await writeFile(join(dataDir, 'app-secret'), secret, { mode: 0o600 });
}

function warningOf({ secret, secretMark }: Header, { appSecret }: Where): { warning?: string } {
	const used = appSecret ?? secret;
	if (used !== undefined && markOf(used) === secretMark) return {};
	return {
		warning:
			'APP_SECRET is not the one of the backed up Quits. Set it before you start this one: what is sealed with it ' +
			'(authenticator apps, webhook secrets, unsent mails) cannot be read otherwise.'
	};
}
