// Builds the app unless the build that is there was made from the very same sources; `npm start` runs this first, and
// `npm run build` builds with `--anyway`.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const sources = [
	'src',
	'jobs',
	'models',
	'messages',
	'static',
	'vite.config.ts',
	'scripts/build-client.ts',
	'scripts/support/expand-type.ts',
	'package-lock.json',
	'prisma/schema.prisma'
];
const generated = new Set([join('src', 'lib', 'paraglide'), join('src', 'server', 'db', 'gen')]);
const stamp = join('build', 'sources.sha256');
const emptyQueue = join('build', 'empty-queue');

function filesBelow(path) {
	if (generated.has(path)) return [];
	const entry = readdirSync(path, { withFileTypes: true });
	return entry.flatMap((e) => (e.isDirectory() ? filesBelow(join(path, e.name)) : [join(path, e.name)]));
}

const hash = createHash('sha256');
for (const source of sources) {
	const files = source.includes('.') ? [source] : existsSync(source) ? filesBelow(source).sort() : [];
	for (const file of files) hash.update(file).update(readFileSync(file));
}
const digest = hash.digest('hex');

const anyway = process.argv.includes('--anyway');
if (anyway || !existsSync(stamp) || readFileSync(stamp, 'utf8') !== digest) {
	console.log('Building Quits …');
	const run = (...args) => execFileSync(process.execPath, args, { stdio: 'inherit' });
	run('scripts/prepare.mjs'); // whoever pulled changes may not have installed again
	run('node_modules/vite/bin/vite.js', 'build', ...(anyway ? [] : ['--logLevel', 'error']));
	run('scripts/build-client.ts');
	// Every new DATA_DIR begins with a copy: making an empty queue takes PGlite many seconds, copying one a fraction of one.
	rmSync(emptyQueue, { recursive: true, force: true });
	run('build/server/pglite-thread.js', emptyQueue);
	writeFileSync(stamp, digest);
}
