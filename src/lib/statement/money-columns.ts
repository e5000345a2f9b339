import { isProof } from './balance.ts';
import { currencyIn } from './currencies.ts';
import type { HeaderClass } from './headers.ts';
import { looksLike } from './profile.ts';
import { exclusive, has, numberAt, proof } from './table.ts';
import type { Column, Money, Table } from './table.ts';
import type { DecimalMark } from './types.ts';
import { untitledMoney } from './untitled-money.ts';

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
