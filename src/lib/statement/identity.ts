import type { Layout } from './layout.ts';
import { looksLike } from './profile.ts';
import { has } from './table.ts';
import type { Table } from './table.ts';
import { accountIn } from './texts.ts';
import { plainWords } from './words.ts';

/** The titles, or the kinds of cells where there are none, as a short stable text. */
export function keyOf(layout: Layout, t: Table): string {
	if (layout.header) return `header:${hash(layout.header.cells.map(plainWords).join('|'))}`;
	const kinds = t.columns.map((c) => {
		const kind = (['empty', 'date', 'amount', 'currency', 'text'] as const).find((k) =>
			looksLike[k](c.profile)
		);
		return kind ?? 'other';
	});
	return `shape:${hash(`${layout.delimiter}${kinds.join('|')}`)}`;
}

/** FNV-1a, 2 × 32 bit: only has to tell kinds of files apart. */
function hash(text: string): string {
	let a = 0x811c9dc5;
	let b = 0x01000193;
	for (let i = 0; i < text.length; i++) {
		const c = text.charCodeAt(i);
		a = Math.imul(a ^ c, 0x01000193);
		b = Math.imul(b ^ c, 0x811c9dc5);
	}
	return (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0');
}

/** The account that the lines above the table, or every row of it, name. */
export function accountHint(layout: Layout, t: Table): string | null {
	for (const record of layout.preamble) {
		const found = accountIn(record.cells);
		if (found) return found;
	}
	const column = t.columns.find(
		(c) => has(c, 'account') && c.profile.distinct === 1 && c.profile.filled >= t.rows.length * 0.9
	);
	const value = column
		? (t.rows.find((r) => (r[column.index] ?? '').trim() !== '')?.[column.index] ?? '').trim()
		: '';
	return /\d{4}/u.test(value) ? value.replace(/^'|'$/gu, '') : null;
}
