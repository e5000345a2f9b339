import type { CategoryName, Column } from '#lib/exports/document.ts';

/** A column, in a line. */
export const column = (
	key: string,
	header: string,
	kind: Column['kind'],
	at: number,
	more: Omit<Partial<Column>, 'key' | 'header' | 'kind' | 'at'> = {}
): Column => ({ key, header, kind, at, ...more });

/** What categories, or what they count in, are called; none has no name. */
export const namesOf = (
	categories: Record<string, CategoryName>,
	part: 'name' | 'parent'
): Record<string, string> =>
	Object.fromEntries(Object.entries(categories).flatMap(([id, one]) => (id ? [[id, one[part]]] : [])));
