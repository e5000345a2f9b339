import { readAmount } from './amounts.ts';
import { isProof, proveByBalance } from './balance.ts';
import type { BalanceProof } from './balance.ts';
import { currencyIn } from './currencies.ts';
import { readHeader } from './headers.ts';
import type { HeaderClass } from './headers.ts';
import { looksLike, profileColumn } from './profile.ts';
import type { Profile } from './profile.ts';
import type { ColumnRole, DecimalMark } from './types.ts';

/** One column of the table: where it is, what its header says and what its cells look like. */
export type Column = {
	index: number;
	name: string;
	classes: Set<HeaderClass>;
	exact: Set<HeaderClass>;
	profile: Profile;
};

export type Table = { columns: Column[]; rows: string[][]; named: boolean };

export type Roles = {
	roles: ColumnRole[];
	/** False when another column could as well be the amount. */
	sure: boolean;
	/** How amounts and balances agree, when there are balances. */
	proof: BalanceProof | null;
	debits: 'positive' | 'negative';
};

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

const notMoney: HeaderClass[] = [
	'rate',
	'time',
	'reference',
	'account',
	'category',
	'status',
	'payee',
	'place'
];

/** Columns that may hold the amount, best first. */
function amountColumns(t: Table, decimal: DecimalMark): { column: Column; score: number }[] {
	const scored: { column: Column; score: number }[] = [];
	for (const column of t.columns) {
		const { profile: p } = column;
		if (!looksLike.amount(p) || looksLike.date(p) || has(column, 'fee', 'balance')) continue;
		const titled = has(column, 'amount');
		if (!titled && (column.classes.size > 0 || t.named) && !has(column, 'booked', 'debit', 'credit')) {
			if (
				has(column, ...notMoney) ||
				t.columns.some((c) => has(c, 'amount', 'debit', 'credit') && looksLike.amount(c.profile))
			)
				continue;
		}
		const fill = p.filled / Math.max(1, t.rows.length);
		let score = titled ? (column.exact.has('amount') ? 4 : 3) : 1;
		if (has(column, 'booked')) score += 1.5;
		if (has(column, 'foreign')) score -= 2.5;
		if (has(column, 'rate')) score -= 3;
		if (!titled && p.marked < p.filled / 2) score -= p.marked === 0 ? 2 : 1;
		if (p.negative > 0 || p.plus > 0 || p.sided > 0) score += 0.6;
		if (p.zero > p.filled / 2) score -= 1.5;
		if (!t.named && p.distinct === 1 && t.rows.length > 2) score -= 2;
		if (decimalPlaces(t, column, decimal)) score += 0.7;
		score += fill * 2 - 2;
		scored.push({ column, score });
	}
	return scored.sort((a, b) => b.score - a.score || a.column.index - b.column.index);
}

function decimalPlaces(t: Table, column: Column, decimal: DecimalMark): boolean {
	const mark = decimal === '.' ? /\.\d{2}\D*$/u : /,\d{2}\D*$/u;
	return t.rows.some((r) => mark.test(r[column.index] ?? ''));
}

type Money = {
	amount: Column | null;
	debit: Column | null;
	credit: Column | null;
	balance: Column | null;
	sure: boolean;
};

/** Decides where the money stands, checking against running balances where there are any. */
export function moneyColumns(t: Table, decimal: DecimalMark): Money {
	const balance =
		t.columns.find((c) => has(c, 'balance') && looksLike.amount(c.profile) && !has(c, 'currency')) ?? null;
	const pair = t.named ? namedPair(t, decimal) : null;
	const singles = amountColumns(t, decimal).filter((s) => s.column !== balance);
	if (!t.named) return untitledMoney(t, singles, decimal);
	if (pair && !(singles[0] && sameMoney(t, singles[0].column, pair, decimal))) {
		return { amount: null, ...pair, balance, sure: true };
	}
	const titled = singles.filter((s) => s.column !== pair?.debit && s.column !== pair?.credit);
	const list = titled.length > 0 ? titled : singles;
	const best = list[0];
	if (!best) return { amount: null, debit: null, credit: null, balance, sure: false };
	const rival = list[1];
	const proven = balance && list.find((s) => isProof(proof(t, s.column, balance, decimal)));
	const close =
		rival !== undefined &&
		best.score - rival.score < 0.5 &&
		!equalColumns(t, best.column, rival.column, decimal);
	return {
		amount: (proven ?? best).column,
		debit: null,
		credit: null,
		balance,
		sure: Boolean(proven) || !close
	};
}

/** A debit and a credit column, at most one of them filled in any row. */
function namedPair(t: Table, decimal: DecimalMark): { debit: Column; credit: Column } | null {
	const fits = (c: Column) => looksLike.empty(c.profile) || looksLike.amount(c.profile);
	const side = (mine: HeaderClass, other: HeaderClass) =>
		t.columns
			.filter(
				(c) =>
					has(c, mine) &&
					!has(c, other, 'balance', 'fee', 'foreign') &&
					(c.exact.has(mine) || !has(c, 'account')) &&
					fits(c) &&
					c.profile.sided === 0
			)
			.sort(
				(x, y) => Number(y.exact.has(mine)) - Number(x.exact.has(mine)) || y.profile.filled - x.profile.filled
			)[0];
	const debit = side('debit', 'credit');
	const credit = side('credit', 'debit');
	if (!debit || !credit || debit.profile.filled + credit.profile.filled === 0) return null;
	return exclusive(t, debit, credit, decimal) ? { debit, credit } : null;
}

function exclusive(t: Table, a: Column, b: Column, decimal: DecimalMark): boolean {
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

/** True when a signed amount column says the same as debit and credit: it is the simpler one to read. */
function sameMoney(
	t: Table,
	amount: Column,
	pair: { debit: Column; credit: Column },
	decimal: DecimalMark
): boolean {
	if (amount === pair.debit || amount === pair.credit || amount.profile.negative === 0) return false;
	return t.rows.every((row) => {
		const one = numberAt(row, amount.index, decimal);
		const out = numberAt(row, pair.debit.index, decimal) ?? 0;
		const into = numberAt(row, pair.credit.index, decimal) ?? 0;
		return one === null || one === into - Math.abs(out);
	});
}

function equalColumns(t: Table, a: Column, b: Column, decimal: DecimalMark): boolean {
	return t.rows.every((row) => numberAt(row, a.index, decimal) === numberAt(row, b.index, decimal));
}

export function proof(t: Table, amount: Column, balance: Column, decimal: DecimalMark): BalanceProof {
	return proveByBalance(
		t.rows.map((r) => numberAt(r, amount.index, decimal)),
		t.rows.map((r) => numberAt(r, balance.index, decimal))
	);
}

/** Without a header: a column that another one proves as its balance; else two that exclude each other; else the best. */
function untitledMoney(t: Table, singles: { column: Column; score: number }[], decimal: DecimalMark): Money {
	const marked = singles.filter((s) => s.column.profile.marked > 0);
	const columns = (marked.length > 0 ? marked : singles).map((s) => s.column);
	const byPlace = [...columns].sort((a, b) => a.index - b.index);
	const paired = byPlace.flatMap((a, i) =>
		byPlace
			.slice(i + 1)
			.filter((b) =>
				a.profile.filled < t.rows.length || a.profile.zero > 0
					? exclusive(t, a, b, decimal) && coversAll(t, a, b, decimal)
					: false
			)
			.map((b) => [a, b] as const)
	)[0];
	if (paired) return untitledPair(t, paired, byPlace, decimal);
	for (const balance of byPlace) {
		for (const amount of byPlace) {
			if (amount === balance || amount.profile.distinct < 2) continue;
			if (amount.profile.filled - amount.profile.zero < t.rows.length * 0.8) continue;
			const p = proof(t, amount, balance, decimal);
			if (isProof(p)) return { amount, debit: null, credit: null, balance, sure: true };
		}
	}
	const best = singles[0];
	if (!best) return { amount: null, debit: null, credit: null, balance: null, sure: false };
	const close = singles[1] !== undefined && best.score - singles[1].score < 1.2;
	return { amount: best.column, debit: null, credit: null, balance: null, sure: !close };
}

function coversAll(t: Table, a: Column, b: Column, decimal: DecimalMark): boolean {
	const covered = t.rows.filter((r) => numberAt(r, a.index, decimal) || numberAt(r, b.index, decimal)).length;
	return covered >= t.rows.length * 0.9;
}

/** Which of two untitled columns is money out: by sign, by a balance, else the much fuller one (people spend more often). */
function untitledPair(t: Table, pair: readonly [Column, Column], all: Column[], decimal: DecimalMark): Money {
	const [a, b] = pair;
	const assign = (debit: Column, credit: Column, balance: Column | null, sure: boolean): Money => ({
		amount: null,
		debit,
		credit,
		balance,
		sure
	});
	const net = t.rows.map(
		(r) => (numberAt(r, b.index, decimal) ?? 0) - Math.abs(numberAt(r, a.index, decimal) ?? 0)
	);
	for (const balance of all) {
		if (balance === a || balance === b) continue;
		const p = proveByBalance(
			net,
			t.rows.map((r) => numberAt(r, balance.index, decimal))
		);
		if (p.flipSure && isProof(p))
			return p.flip === 1 ? assign(a, b, balance, true) : assign(b, a, balance, true);
	}
	if (a.profile.negative > 0 !== b.profile.negative > 0) {
		return a.profile.negative > 0 ? assign(a, b, null, true) : assign(b, a, null, true);
	}
	const filled = (c: Column) => t.rows.filter((r) => numberAt(r, c.index, decimal)).length;
	const [x, y] = [filled(a), filled(b)];
	const sure = x + y >= 10 && Math.max(x, y) >= (x + y) * 0.8;
	return x >= y ? assign(a, b, null, sure) : assign(b, a, null, sure);
}

/** The currency column that belongs to the amount: the nearest, the right one first, not that of a foreign amount. */
export function currencyColumn(t: Table, money: Column): Column | null {
	const foreign = has(money, 'foreign');
	const found = t.columns.filter((c) => {
		if (!looksLike.currency(c.profile) || c.profile.filled < t.rows.length * 0.5) return false;
		if (t.named && !has(c, 'currency', 'amount') && c.name !== '') return false;
		return foreign === has(c, 'foreign') || !has(c, 'foreign');
	});
	if (currencyIn(money.name) && found.every((c) => Math.abs(c.index - money.index) > 1)) return null;
	// Right of it on a tie; but under a title that spans both, the currency stands first.
	const tie = (c: Column) => (c.index > money.index === (money.name !== '' || !t.named) ? 1 : 0);
	const distance = (c: Column) => Math.abs(c.index - money.index) * 2 - tie(c);
	const titled = (c: Column) => (has(c, 'booked') === has(money, 'booked') ? 0 : 1);
	return found.sort((x, y) => titled(x) - titled(y) || distance(x) - distance(y))[0] ?? null;
}
