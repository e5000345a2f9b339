import { readAmount } from './amounts.ts';
import { proveByBalance } from './balance.ts';
import type { BalanceProof } from './balance.ts';
import { readHeader } from './headers.ts';
import type { HeaderClass } from './headers.ts';
import { looksLike, profileColumn } from './profile.ts';
import type { Profile } from './profile.ts';
import type { DecimalMark } from './types.ts';

/** One column of the table: where it is, what its header says and what its cells look like. */
export type Column = {
	index: number;
	name: string;
	classes: Set<HeaderClass>;
	exact: Set<HeaderClass>;
	profile: Profile;
};

export type Table = { columns: Column[]; rows: string[][]; named: boolean };

/** Lays out header and rows as columns. Rows wider than the header get unnamed columns. */
export function table(header: string[] | null, rows: string[][]): Table {
	const width = Math.max(header?.length ?? 0, ...rows.map((r) => r.length), 1);
	const columns: Column[] = [];
	for (let index = 0; index < width; index++) {
		const name = (header?.[index] ?? '').trim();
		columns.push({ index, name, ...readHeader(name), profile: profileColumn(rows, index) });
	}
	passNamesOn(columns);
	return { columns, rows, named: header !== null };
}

/** A title that spans two columns ("Mutatie" over currency and amount) is printed over the first: the amount takes it. */
function passNamesOn(columns: Column[]): void {
	for (let i = 0; i + 1 < columns.length; i++) {
		const [first, second] = [columns[i]!, columns[i + 1]!];
		if (first.name === '' || second.name !== '' || second.profile.filled === 0) continue;
		const money = has(first, 'amount', 'balance', 'debit', 'credit');
		if (money && looksLike.currency(first.profile) && looksLike.amount(second.profile)) {
			second.classes = first.classes;
			first.classes = new Set(['currency']);
		}
	}
}

export function has(column: Column, ...classes: HeaderClass[]): boolean {
	return classes.some((c) => column.classes.has(c));
}

/** A cell as a number of ten-thousandths, enough to compare amounts of any currency; null when empty or no number. */
export function numberAt(row: string[], index: number, decimal: DecimalMark): number | null {
	const value = readAmount((row[index] ?? '').trim(), decimal, 4);
	return Number.isNaN(value) ? null : value;
}

/** The date columns, best first: the day of the transaction, of booking, any, of value. */
export function dateColumns(t: Table): Column[] {
	const rank = (c: Column) => {
		if (has(c, 'date_transaction') && !has(c, 'date_value')) return 5;
		if (has(c, 'date_booking')) return 4;
		if (has(c, 'date') && !has(c, 'date_value')) return 3;
		if (has(c, 'date_value')) return 2;
		return t.named ? 1 : 3;
	};
	const full = (c: Column) => (c.profile.filled >= t.rows.length * 0.6 ? 10 : 0);
	return t.columns
		.filter((c) => looksLike.date(c.profile) && c.profile.dates >= t.rows.length * 0.2)
		.sort((x, y) => full(y) + rank(y) - full(x) - rank(x) || x.index - y.index);
}

/** Where the money stands: in one column, or in two. Not sure when another column could as well be it. */
export type Money = {
	amount: Column | null;
	debit: Column | null;
	credit: Column | null;
	balance: Column | null;
	sure: boolean;
};

/** True when hardly any row has a number in both columns. */
export function exclusive(t: Table, a: Column, b: Column, decimal: DecimalMark): boolean {
	let both = 0;
	let one = 0;
	for (const row of t.rows) {
		const x = numberAt(row, a.index, decimal);
		const y = numberAt(row, b.index, decimal);
		if (x && y) both++;
		else if (x || y) one++;
	}
	return one > 0 && both <= one * 0.02;
}

/** How the amounts of one column agree with the running balances of another. */
export function proof(t: Table, amount: Column, balance: Column, decimal: DecimalMark): BalanceProof {
	return proveByBalance(
		t.rows.map((r) => numberAt(r, amount.index, decimal)),
		t.rows.map((r) => numberAt(r, balance.index, decimal))
	);
}
