import { availableParallelism } from 'node:os';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

type Dialect = 'sqlite' | 'postgres';

// Every server test runs on both databases: the same files, as two projects that differ in what `inject('dialect')` says.
// What only one of them has is tested in files named *.sqlite.test.ts and *.postgres.test.ts.
const other = { sqlite: 'postgres', postgres: 'sqlite' } as const;
const on = (dialect: Dialect, name: string, folders: string[], setup: string[] = []) => ({
	plugins: [svelte({ configFile: false })], // mails are laid out by it
	test: {
		name: `${name}-${dialect}`,
		include: folders.map((folder) => `tests/${folder}/**/*.test.ts`),
		exclude: [`tests/**/*.${other[dialect]}.test.ts`],
		provide: { dialect },
		setupFiles: ['tests/support/each-file.ts'],
		globalSetup: [...setup, ...(dialect === 'postgres' ? ['tests/support/postgres-setup.ts'] : [])],
		testTimeout: 180_000,
		hookTimeout: 180_000
	}
});
// Loading the server costs more than most files' tests: those that a worker runs share one.
const shared = { isolate: false, maxWorkers: availableParallelism() };
// As the server runs: without it, each start of the embedded queue has its WebAssembly compiled at length.
const execArgv = ['--liftoff-only'];
const server = (dialect: Dialect) => {
	const { plugins, test } = on(dialect, 'server', ['server', 'realtime']);
	return { plugins, test: { ...test, ...shared, execArgv } };
};
// These run the real build, in processes that they start, kill and wait for: after all others, two files at a time.
const processes = (dialect: Dialect) => {
	const { plugins, test } = on(dialect, 'process', ['process'], ['tests/support/build-setup.ts']);
	return { plugins, test: { ...test, maxWorkers: 2, sequence: { groupOrder: 1 } } };
};

export default defineConfig({
	test: {
		projects: [
			{
				plugins: [svelte({ configFile: false })],
				test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], testTimeout: 60_000, ...shared }
			},
			server('sqlite'),
			server('postgres'),
			processes('sqlite'),
			processes('postgres')
		]
	}
});
