import { availableParallelism } from 'node:os';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

type Dialect = 'sqlite' | 'postgres';

// Every server test runs on both databases: the same files, as two projects that differ in what `inject('dialect')` says.
// What only one of them has is tested in files named *.sqlite.test.ts and *.postgres.test.ts.
const other = { sqlite: 'postgres', postgres: 'sqlite' } as const;
const on = (
	dialect: Dialect,
	name: string,
	folders: string[],
	{ setup = [], isolate }: { setup?: string[]; isolate: boolean }
) => ({
	plugins: [svelte({ configFile: false })], // mails are laid out by it
	test: {
		name: `${name}-${dialect}`,
		include: folders.map((folder) => `tests/${folder}/**/*.test.ts`),
		exclude: [`tests/**/*.${other[dialect]}.test.ts`],
		provide: { dialect },
		isolate,
		setupFiles: ['tests/support/each-file.ts'],
		globalSetup: [...setup, ...(dialect === 'postgres' ? ['tests/support/postgres-setup.ts'] : [])],
		testTimeout: 180_000,
		hookTimeout: 180_000
	}
});
// Loading the server costs more than most files' tests: those that a worker runs share one.
const server = (dialect: Dialect) => on(dialect, 'server', ['server', 'realtime'], { isolate: false });
// These run the real build, in processes that they start and kill.
const processes = (dialect: Dialect) =>
	on(dialect, 'process', ['process'], { setup: ['tests/support/build-setup.ts'], isolate: true });

export default defineConfig({
	test: {
		// By default it is one less, of two processors a half: these tests work and wait by turns.
		maxWorkers: availableParallelism(),
		projects: [
			{
				plugins: [svelte({ configFile: false })],
				test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], isolate: false, testTimeout: 60_000 }
			},
			server('sqlite'),
			server('postgres'),
			processes('sqlite'),
			processes('postgres')
		]
	}
});
