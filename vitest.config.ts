import { defineConfig } from 'vitest/config';

// Every server test runs on both databases: the same files, as two projects that differ in what `inject('dialect')` says.
// What only one of them has is tested in files named *.sqlite.test.ts and *.postgres.test.ts.
const other = { sqlite: 'postgres', postgres: 'sqlite' } as const;
const server = (dialect: 'sqlite' | 'postgres') => ({
	test: {
		name: `server-${dialect}`,
		include: ['tests/server/**/*.test.ts'],
		exclude: [`tests/server/**/*.${other[dialect]}.test.ts`],
		provide: { dialect },
		globalSetup: dialect === 'postgres' ? ['tests/support/postgres-setup.ts'] : [],
		testTimeout: 30_000,
		hookTimeout: 60_000
	}
});

export default defineConfig({
	test: {
		projects: [
			{ test: { name: 'unit', include: ['tests/unit/**/*.test.ts'] } },
			server('sqlite'),
			server('postgres')
		]
	}
});
