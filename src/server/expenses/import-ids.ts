import { v5 } from 'uuid';
import type { ImportRow } from '#lib/groups/import/plan.ts';

export type IdentifiedRow = ImportRow & { id: string };

/**
 * Gives each row of a file an id made of what it says and which of its like it is: the same row of the same group gets the same
 * id in every later export, wherever it stands there.
 */
export function identified(rows: readonly ImportRow[], groupId: string): IdentifiedRow[] {
	const seen = new Map<string, number>();
	return rows.map((row) => {
		const { line: _line, payers, shares, ...said } = row;
		const content = JSON.stringify([said, payers, shares]);
		const nth = (seen.get(content) ?? 0) + 1;
		seen.set(content, nth);
		return { ...row, id: v5(`${nth} ${content}`, groupId) };
	});
}
