import { Prisma } from '../db/gen/sqlite/client.ts';

/** What triggers and readers make of the other tables: it is made again from what is restored. */
const derived = new Set<string>(['MonthTotal', 'StaleMonth']);

/** What is of a session and of files that no backup holds, and gone in a day anyway. */
const passing = new Set<string>(['Export']);

/** The tables that a backup holds: all that the schema names. */
export const kept: ReadonlySet<string> = new Set(
	Object.values(Prisma.ModelName).filter((name) => !derived.has(name) && !passing.has(name))
);

/** The same tables, those first that others refer to. `references` says which tables a table refers to. */
export function parentsFirst(names: readonly string[], references: (name: string) => string[]): string[] {
	const sorted = new Set<string>();
	const visit = (name: string, below: readonly string[]): void => {
		if (sorted.has(name) || !names.includes(name)) return;
		if (below.includes(name))
			throw new Error(`the tables ${below.join(', ')} refer to each other in a circle`);
		for (const parent of references(name)) visit(parent, [...below, name]);
		sorted.add(name);
	};
	for (const name of names) visit(name, []);
	return [...sorted];
}
