/** Postgres as what a backup is made of, and as what one is restored into. */
import pg from 'pg';
import { BackupError, type Kind, type Row, type Table, type Value } from './format.ts';
import type { Snapshot, Target } from './sides.ts';
import { kept, parentsFirst } from './tables.ts';

const rowsAtOnce = 500;

const kinds: Record<string, Kind> = {
	text: 'text',
	'USER-DEFINED': 'text', // an enum
	integer: 'integer',
	bigint: 'integer',
	'double precision': 'real',
	boolean: 'boolean',
	'timestamp without time zone': 'time',
	jsonb: 'json',
	bytea: 'bytes'
};

const bigint = 20;
/** Numbers as numbers: none of ours is beyond what JSON can carry. */
const types: pg.CustomTypesConfig = {
	getTypeParser: (oid, ...rest) => (oid === bigint ? Number : pg.types.getTypeParser(oid, ...rest))
};

async function connect(url: string): Promise<pg.Client> {
	const client = new pg.Client({ connectionString: url, application_name: 'quits backup', types });
	await client.connect();
	return client;
}

async function tablesOf(client: pg.Client): Promise<Table[]> {
	const { rows: columns } = await client.query<{ table: string; name: string; type: string }>(
		`SELECT table_name AS "table", column_name AS "name", data_type AS "type" FROM information_schema.columns
		WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position`
	);
	const { rows: keys } = await client.query<{ child: string; parent: string }>(
		`SELECT c.relname AS "child", p.relname AS "parent" FROM pg_constraint k
		JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class p ON p.oid = k.confrelid
		WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace`
	);
	const byTable = Map.groupBy(columns, ({ table }) => table);
	const ours = [...byTable.keys()].filter((name) => kept.has(name)).sort();
	const references = (name: string): string[] =>
		keys.filter(({ child }) => child === name).map(({ parent }) => parent);
	return parentsFirst(ours, references).map((name) => ({
		name,
		columns: byTable.get(name)!.map(({ name: column, type }) => {
			const kind = kinds[type];
			if (!kind) throw new Error(`${name}.${column} is of the unknown type ${type}`);
			return { name: column, kind };
		})
	}));
}

/** A column as the backup has it. */
function selected({ name, kind }: Table['columns'][number]): string {
	if (kind === 'time') return `to_char("${name}", 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
	if (kind === 'bytes') return `translate(encode("${name}", 'base64'), E'\\n', '')`;
	return `"${name}"`;
}

/** What a database holds at this moment; others go on writing meanwhile. */
export async function postgresSnapshot(url: string): Promise<Snapshot> {
	const client = await connect(url);
	const select = async (text: string): Promise<Row[]> =>
		(await client.query<Row>({ text, rowMode: 'array' })).rows;
	try {
		await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
		const { rows } = await client.query<{ there: boolean }>(
			`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS "there"`
		);
		if (!rows[0]?.there) throw new BackupError('the database has no tables of Quits: nothing to back up');
		const migrations = await select(`SELECT "migration_name" FROM "_prisma_migrations" ORDER BY 1`);
		return {
			migrations: migrations.map(([name]) => String(name)),
			tables: await tablesOf(client),
			select,
			async *rows({ name, columns }, some) {
				const list = columns.map(selected).join(', ');
				await client.query(
					`DECLARE "backup" NO SCROLL CURSOR FOR SELECT ${list} FROM ${some?.from ?? `"${name}"`}`,
					some && [some.person]
				);
				for (;;) {
					const batch = await select(`FETCH ${rowsAtOnce} FROM "backup"`);
					if (batch.length === 0) break;
					yield batch;
				}
				await client.query('CLOSE "backup"');
			},
			close: () => client.end()
		};
	} catch (error) {
		await client.end();
		throw error;
	}
}

/** A database with all tables, to be emptied and filled in one transaction. */
export async function postgresTarget(url: string): Promise<Target> {
	const client = await connect(url);
	await client.query('BEGIN');
	const all = await tablesOf(client);
	// A process that was started on it has left categories, say.
	await client.query(`TRUNCATE ${all.map(({ name }) => `"${name}"`).join(', ')} CASCADE`);
	return {
		tables: async () => all,
		insert: async ({ name, columns }, rows) => {
			const list = columns.map((column) => `"${column.name}"`).join(', ');
			const records = rows.map((row) =>
				Object.fromEntries(columns.map(({ name: column, kind }, at) => [column, written(kind, row[at])]))
			);
			await client.query(
				`INSERT INTO "${name}" (${list}) SELECT ${list} FROM json_populate_recordset(NULL::"${name}", $1)`,
				[JSON.stringify(records)]
			);
		},
		commit: async () => {
			await client.query('COMMIT');
			await client.end();
		},
		abort: () => client.end()
	};
}

const written = (kind: Kind, value: Value): Value =>
	kind === 'bytes' && value !== null ? `\\x${Buffer.from(value as string, 'base64').toString('hex')}` : value;
