import { printedAmount } from './amounts.ts';
import { currencyIn, currencyOf, sharedMark } from './currencies.ts';
import type { Found } from './evidence.ts';
import type { Layout } from './layout.ts';
import { currencyColumn } from './money-columns.ts';
import type { Column, Table } from './table.ts';
import type { ColumnRole } from './types.ts';

/** Where the currency comes from: a column, the titles, marks in the cells, the lines above, or the account. */
export function currencyFor(
	t: Table,
	layout: Layout,
	money: Column[],
	fallback: string | undefined,
	roles: Map<number, ColumnRole>
): Found<string | null> {
	const column = money[0] ? currencyColumn(t, money[0]) : null;
	const titled =
		money.map((c) => currencyIn(layout.header?.cells[c.index] ?? '')).find((c) => c !== null) ?? null;
	if (column) {
		roles.set(column.index, 'currency');
		const codes = new Set(t.rows.map((r) => currencyOf(r[column.index] ?? '')));
		const one = codes.size === 1 ? [...codes][0]! : null;
		const shared = [...new Set(t.rows.map((r) => r[column.index] ?? ''))].flatMap((m) => sharedMark(m));
		if (shared.length > 0) return { value: sharedCurrency(shared, t, fallback), sure: true };
		return { value: titled ?? one ?? fallback ?? mostCommon(t, column), sure: true };
	}
	if (titled) return { value: titled, sure: true };
	const printed = t.rows.map(
		(r) => money.map((c) => printedAmount(r[c.index] ?? '')?.mark ?? '').find((m) => m !== '') ?? ''
	);
	const marks = [...new Set(printed)].filter((m) => m !== '');
	const named = new Set(marks.map((m) => currencyOf(m)).filter((c) => c !== null));
	const shared = marks.flatMap((m) => sharedMark(m));
	if (named.size > 0) {
		const own = fallback && (named.size > 1 || shared.includes(fallback)) ? fallback : [...named][0]!;
		return { value: own, sure: named.size === 1 || !printed.includes('') };
	}
	if (shared.length > 0) return { value: sharedCurrency(shared, t, fallback), sure: true };
	const above = new Set(
		layout.preamble.flatMap((r) => r.cells.map((c) => currencyIn(c))).filter((c) => c !== null)
	);
	if (above.size === 1) return { value: [...above][0]!, sure: true };
	return { value: fallback ?? null, sure: true };
}

/** "$" is the account's own dollar if it has one, "¥" Chinese or Japanese by the script of the file. */
function sharedCurrency(shared: string[], t: Table, fallback: string | undefined): string {
	if (fallback && shared.includes(fallback)) return fallback;
	const text = t.columns.map((c) => c.name).join('') + t.rows.slice(0, 20).flat().join('');
	if (shared.includes('JPY')) return /[\u3040-\u30ff]/u.test(text) ? 'JPY' : 'CNY';
	if (shared.includes('SEK'))
		return /[æø]/iu.test(text) ? (/kjøp|beløp/iu.test(text) ? 'NOK' : 'DKK') : 'SEK';
	return shared[0]!;
}

function mostCommon(t: Table, column: Column): string | null {
	const counts = new Map<string, number>();
	for (const row of t.rows) {
		const code = currencyOf(row[column.index] ?? '');
		if (code) counts.set(code, (counts.get(code) ?? 0) + 1);
	}
	return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}
