/** What is in a person's archive, against the schema and against what docs/your-data.md says of it. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nouns, withoutTables } from '#server/archive/nouns.ts';

/** Every table of the schema with its columns. */
function schemaTables(): Map<string, string[]> {
	const schema = readFileSync('prisma/schema.prisma', 'utf8');
	const models = [...schema.matchAll(/^model (\w+) \{\n(.*?)^\}/gms)];
	const names = new Set(models.map(([, name]) => name!));
	return new Map(
		models.map(([, name, body]) => {
			const fields = [...body!.matchAll(/^\s+(\w+)\s+(\w+)/gm)];
			return [name!, fields.filter(([, , type]) => !names.has(type!)).map(([, field]) => field!)];
		})
	);
}

test('every table and column there is stands in the archive, or among what is left out with its reason', () => {
	const tables = schemaTables();
	expect(tables.size).toBeGreaterThan(40);
	const covered = nouns.map(({ table, columns, reckoned = {}, without = {} }) => {
		const all = [...columns, ...Object.keys(without)];
		const instead = Object.keys(reckoned).filter((name) => tables.get(table)!.includes(name));
		return [table, [...all, ...instead].sort()] as const;
	});
	const inSchema = [...tables]
		.filter(([table]) => !Object.hasOwn(withoutTables, table))
		.map(([table, columns]) => [table, columns.toSorted()] as const);
	const byName = <Named extends readonly [string, unknown]>(all: Named[]): Named[] =>
		all.toSorted(([one], [other]) => (one < other ? -1 : 1));
	expect(byName(covered)).toEqual(byName(inSchema));
	expect(Object.keys(withoutTables).filter((table) => !tables.has(table))).toEqual([]);
	const reasons = [
		...Object.values(withoutTables),
		...nouns.flatMap((noun) => Object.values(noun.without ?? {}))
	];
	expect(reasons.filter((reason) => reason.length < 5)).toEqual([]);
});

test('nothing that opens something has got in by a name that says so', () => {
	const names = nouns.flatMap(({ file, columns }) => columns.map((column) => `${file}.${column}`));
	expect(names.filter((name) => /\.(.*hash|.*secret|body|html|code|publickey|pending)$/i.test(name))).toEqual(
		[]
	);
});

test('the documentation names every file and everything that a line has', () => {
	const docs = readFileSync('docs/your-data.md', 'utf8');
	const sections = new Map(
		docs.split(/^### /m).map((section) => [section.split('\n')[0]!.trim(), section] as const)
	);
	const undocumented = nouns.flatMap(
		({ file, columns, called = {}, reckoned = {}, finish = (line) => line }) => {
			const names = [...columns.map((column) => called[column] ?? column), ...Object.keys(reckoned)];
			const line = finish(Object.fromEntries(names.map((name) => [name, null])));
			const section = sections.get(`${file}.jsonl`) ?? '';
			return Object.keys(line)
				.filter((name) => !section.includes(`\`${name}\``))
				.map((name) => `${file}.${name}`);
		}
	);
	expect(undocumented).toEqual([]);
});
