// npm run db:diff -- NAME: writes the next migration for both databases, offline.
// It compares prisma/schema.prisma with prisma/migrations/schema.prisma, the schema that the migrations so far lead to.
// The engine warns of nothing: read the SQL before committing it (a new required column needs a default, a rename is a drop).
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { diffSchemas } from './schema-engine.ts';

const prisma = fileURLToPath(new URL('../prisma/', import.meta.url));
const saved = join(prisma, 'migrations/schema.prisma');

const name = process.argv[2] ?? '';
if (!/^[a-z][a-z0-9_]*$/.test(name)) {
	console.error('usage: npm run db:diff -- NAME   (lower case, digits and underscores)');
	process.exit(2);
}

const before = existsSync(saved) ? readFileSync(saved, 'utf8') : null;
const after = readFileSync(join(prisma, 'schema.prisma'), 'utf8');
const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);

let written = 0;
for (const dialect of ['sqlite', 'postgres'] as const) {
	const sql = await diffSchemas(dialect, before, after);
	if (sql === '') continue;
	const folder = join(prisma, 'migrations', dialect, `${stamp}_${name}`);
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'migration.sql'), sql);
	console.log(`wrote ${folder}/migration.sql`);
	written++;
}
if (written > 0) writeFileSync(saved, after);
else console.log('nothing to do: the migrations lead to this schema');
