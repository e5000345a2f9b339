/** `npm run bench [name …]`: runs bench/NAME.ts, or every benchmark one after the other, each in a process of its own. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const all = readdirSync(import.meta.dirname)
	.filter((file) => file.endsWith('.ts') && file !== 'run.ts')
	.map((file) => basename(file, '.ts'));
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !all.includes(name));
if (unknown.length > 0) {
	console.error(`no benchmark ${unknown.join(', ')}; there are ${all.join(', ')}`);
	process.exit(2);
}
// Benchmarks that start the server measure the build: it must be the sources'.
const commands = [
	join('scripts', 'build-if-needed.mjs'),
	...(asked.length > 0 ? asked : all).map((name) => join('bench', `${name}.ts`))
];
for (const command of commands) {
	const { status } = spawnSync(process.execPath, [command], { stdio: ['ignore', 'inherit', 'inherit'] });
	if (status !== 0) process.exit(status ?? 1);
}
