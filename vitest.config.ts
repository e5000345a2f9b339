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
		globalSetup: [...setup, ...(dialect === 'postgres' ? ['tests/support/postgres-setup.ts'] : [])],
		testTimeout: 180_000,
		hookTimeout: 180_000
	}
});
const server = (dialect: Dialect) => on(dialect, 'server', ['server', 'realtime']);
// These run the real build, in processes that they start and kill.
const processes = (dialect: Dialect) => on(dialect, 'process', ['process'], ['tests/support/build-setup.ts']);

export default defineConfig({
	test: {
		projects: [
			{
				plugins: [svelte({ configFile: false })],
				test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], testTimeout: 60_000 }
			},
			server('sqlite'),
			server('postgres'),
			processes('sqlite'),
			processes('postgres')
		]
	}
});
