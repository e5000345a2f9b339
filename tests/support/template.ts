import pg from 'pg';
import { migrate } from '#server/db/migrate.ts';

const TEMPLATE = 'quits_template';

/** Address of another database on the same server. */
export function databaseUrl(serverUrl: string, database: string): string {
	const url = new URL(serverUrl);
	url.pathname = `/${database}`;
	return url.href;
}

async function execute(serverUrl: string, sql: string): Promise<void> {
	const client = new pg.Client({ connectionString: serverUrl });
	await client.connect();
	try {
		await client.query(sql);
	} finally {
		await client.end();
	}
}

/** Makes the migrated database that every test file gets a copy of. */
export async function makeTemplate(serverUrl: string): Promise<void> {
	await execute(serverUrl, `CREATE DATABASE ${TEMPLATE}`);
	await migrate({ databaseUrl: databaseUrl(serverUrl, TEMPLATE), dataDir: '' });
}

export const cloneTemplate = (serverUrl: string, database: string): Promise<void> =>
	execute(serverUrl, `CREATE DATABASE "${database}" TEMPLATE ${TEMPLATE}`);

export const createEmpty = (serverUrl: string, database: string): Promise<void> =>
	execute(serverUrl, `CREATE DATABASE "${database}"`);

export const drop = (serverUrl: string, database: string): Promise<void> =>
	execute(serverUrl, `DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`);
