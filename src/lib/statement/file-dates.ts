import { dateOrderOf } from './evidence.ts';
import type { Found } from './evidence.ts';
import { readHeader } from './headers.ts';
import type { Layout } from './layout.ts';
import type { Column, Table } from './table.ts';
import type { DateOrder, DecimalMark } from './types.ts';
import { plainWords } from './words.ts';

/** How the dates of a file are ordered, from the dates themselves and everything around them. */
export function orderFor(
	t: Table,
	layout: Layout,
	dates: Column[],
	decimal: DecimalMark | null,
	currency: string | null,
	today: string | undefined
): Found<DateOrder> {
	const cells = dates.slice(0, 1).flatMap((c) => t.rows.map((r) => r[c.index] ?? '').filter((v) => v !== ''));
	const others = [
		...dates.slice(1).flatMap((c) => t.rows.map((r) => r[c.index] ?? '')),
		...layout.preamble.flatMap((r) =>
			r.cells.flatMap((c) => c.match(/\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b/gu) ?? [])
		)
	];
	const names = t.columns.map((c) => c.name).filter((n) => n !== '');
	return dateOrderOf(cells, {
		decimal,
		header: dates[0]?.name ?? '',
		titles: names,
		foreignWords: inForeignWords(names),
		cells: t.rows.slice(0, 50).flat(),
		currency,
		otherDates: others,
		today: today ?? null
	});
}

const english = new Set(
	'date amount description transaction type balance currency name account value debit credit reference category status details memo notes time number payee merchant posted posting post booking card check fee total net gross id'.split(
		' '
	)
);

/** True when titles are known words, but few of them English. */
function inForeignWords(names: string[]): boolean {
	const known = names.filter((n) => readHeader(n).classes.size > 0);
	if (known.length < 2) return false;
	const inEnglish = known.filter((n) =>
		plainWords(n)
			.split(' ')
			.some((w) => english.has(w))
	).length;
	return inEnglish <= known.length * 0.25;
}
