import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres.ts';
import { makeTemplate } from './template.ts';

declare module 'vitest' {
	interface ProvidedContext {
		/** The database this run of a server test is about. */
		dialect: 'sqlite' | 'postgres';
		/** Address of the Postgres of this run; absent in the SQLite project. */
		postgresUrl?: string;
	}
}

/** Once for all files of the project `server-postgres`: one Postgres, with a migrated database to copy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const postgres = await startPostgres();
	const url = postgres.url('postgres');
	await makeTemplate(url);
	project.provide('postgresUrl', url);
	return async () => {
		const failed = project.vitest.state.getCountOfFailedTests() > 0;
		await postgres.stop(failed);
		if (failed) console.log(`the Postgres of the failed tests is kept in ${postgres.directory}`);
	};
}
