// Generates both Prisma clients from the one schema, offline: the Postgres schema differs by its provider and output only.
// `prisma generate` would download the schema engine although it does not use it; any executable in its place prevents that.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const derived = join(root, 'prisma/.derived/schema.prisma');

/** The schema with `from` replaced by `to`; throws when it is not there, so that a reworded schema cannot pass unnoticed. */
function rewrite(schema, from, to) {
	const changed = schema.replace(from, to);
	if (changed === schema)
		throw new Error(`prisma/schema.prisma no longer has ${from}, which the Postgres schema is made from`);
	return changed;
}

function derivePostgres(schema) {
	const provided = rewrite(schema, /provider\s*=\s*"sqlite"/, 'provider = "postgresql"');
	return rewrite(provided, '"../src/server/db/gen/sqlite"', '"../../src/server/db/gen/postgres"');
}

mkdirSync(dirname(derived), { recursive: true });
writeFileSync(derived, derivePostgres(readFileSync(join(root, 'prisma/schema.prisma'), 'utf8')));

const env = {
	...process.env,
	PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
	PRISMA_HIDE_UPDATE_MESSAGE: '1',
	CHECKPOINT_DISABLE: '1'
};
for (const schema of ['prisma/schema.prisma', derived]) {
	const args = [
		join(root, 'node_modules/prisma/build/index.js'),
		'generate',
		'--no-hints',
		'--schema',
		schema
	];
	execFileSync(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] });
}
