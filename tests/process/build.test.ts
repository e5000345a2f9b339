import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const server = resolve('build/server');

/** Our own modules in each file of the build, by its source map. */
function modulesOf(map: string): string[] {
	const { sources } = JSON.parse(readFileSync(map, 'utf8')) as { sources: string[] };
	return sources
		.map((source) => relative('.', resolve(dirname(map), source)))
		.filter((source) => /^(src|jobs|models)\//.test(source));
}

// Two copies of a module are two apps: a change made through a page would not reach the sockets of the other copy.
test('the build holds every module of ours once', () => {
	const maps = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter((name) =>
		name.endsWith('.js.map')
	);
	const filesOf = new Map<string, string[]>();
	for (const map of maps) {
		for (const module of modulesOf(join(server, map)))
			filesOf.set(module, [...(filesOf.get(module) ?? []), map]);
	}
	expect(filesOf.get('src/server/app.ts')).toHaveLength(1);
	expect(filesOf.get('src/server/uploads/run.ts')).toHaveLength(1);
	expect([...filesOf].filter(([, files]) => files.length > 1)).toEqual([]);
});
