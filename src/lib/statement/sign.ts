import { isProof, proveByBalance } from './balance.ts';
import { signEvidence } from './evidence.ts';
import { looksLike } from './profile.ts';
import { has, numberAt, proof } from './table.ts';
import type { Column, Money, Table } from './table.ts';
import type { ColumnRole, DecimalMark, Mapping } from './types.ts';
import { directionOf } from './words.ts';

export type Sign = { sign: Mapping['sign']; debits: Mapping['debits']; sure: boolean };
type Fee = 'none' | 'on_top' | 'included' | 'open';

/**
 * What a positive amount means. Adds the role `direction` where a column of that kind takes part in it.
 */
export function signOf(t: Table, money: Money, decimal: DecimalMark, roles: Map<number, ColumnRole>): Sign {
	if (!money.amount) return splitSign(t, money, decimal);
	const amount = money.amount;
	const values = t.rows.map((r) => numberAt(r, amount.index, decimal) ?? 0);
	const direction = directionColumn(t, roles);
	if (direction) {
		const byDirection = directedSign(t, values, direction);
		if (byDirection === 'use') {
			roles.set(direction.index, 'direction');
			return { sign: 'as_is', debits: 'positive', sure: true };
		}
		if (byDirection === 'agrees') return { sign: 'as_is', debits: 'positive', sure: true };
		if (byDirection === 'opposes') return { sign: 'inverted', debits: 'positive', sure: false };
	}
	if (amount.profile.sided > 0) return { sign: 'as_is', debits: 'positive', sure: true };
	return signedAmount(t, amount, money.balance, values, decimal, roles);
}

function splitSign(t: Table, money: Money, decimal: DecimalMark): Sign {
	const debit = money.debit;
	if (!debit) return { sign: 'as_is', debits: 'positive', sure: money.credit !== null };
	const values = t.rows.map((r) => numberAt(r, debit.index, decimal) ?? 0);
	const negative = values.filter((v) => v < 0).length;
	const positive = values.filter((v) => v > 0).length;
	return { sign: 'as_is', debits: negative > positive ? 'negative' : 'positive', sure: true };
}

/**
 * Whether a fee comes on top of the amount: the reading under which the running balance moves as printed more often. Open
 * where no balance tells.
 */
export function feeOf(t: Table, money: Money, decimal: DecimalMark, roles: Map<number, ColumnRole>): Fee {
	const { amount, balance } = money;
	const fee = t.columns.find(
		(c) =>
			has(c, 'fee') && looksLike.amount(c.profile) && c.profile.zero < c.profile.filled && !roles.has(c.index)
	);
	if (!amount || !fee) return 'none';
	if (chargedApart(t, amount, fee, decimal)) return 'included';
	if (!balance) return has(amount, 'booked') || soldByHolder(t) ? 'included' : 'open';
	const net = t.rows.map(
		(row) => (numberAt(row, amount.index, decimal) ?? 0) - Math.abs(numberAt(row, fee.index, decimal) ?? 0)
	);
	const balances = t.rows.map((row) => numberAt(row, balance.index, decimal));
	const onTop = proveByBalance(net, balances);
	const included = proof(t, amount, balance, decimal);
	if (isProof(onTop) && onTop.share > included.share) {
		roles.set(fee.index, 'fee');
		return 'on_top';
	}
	return included.share > onTop.share ? 'included' : 'open';
}

/** True when every fee is a row of its own as well. */
function chargedApart(t: Table, amount: Column, fee: Column, decimal: DecimalMark): boolean {
	const sizes = (c: Column) => t.rows.map((row) => Math.abs(numberAt(row, c.index, decimal) ?? 0));
	const amounts = new Set(sizes(amount));
	return sizes(fee).every((size) => size === 0 || amounts.has(size));
}

function directionColumn(t: Table, roles: Map<number, ColumnRole>): Column | null {
	const fits = t.columns.filter(
		(c) => !roles.has(c.index) && looksLike.direction(c.profile) && c.profile.filled >= t.rows.length * 0.9
	);
	const titled = fits.filter(
		(c) => !t.named || has(c, 'direction', 'type', 'debit', 'credit') || c.classes.size === 0
	);
	const telling = titled.filter((c) =>
		t.rows.some((r) => Math.abs(directionOf(r[c.index] ?? '') ?? 0) === 1)
	);
	return telling[0] ?? null;
}

/** Whether the words of a direction column are needed ("use"), say what the signs say, or contradict them. */
function directedSign(
	t: Table,
	values: number[],
	direction: Column
): 'use' | 'agrees' | 'opposes' | 'unclear' {
	if (values.every((v) => v >= 0)) return 'use';
	let agree = 0;
	let oppose = 0;
	t.rows.forEach((row, i) => {
		const side = directionOf(row[direction.index] ?? '');
		const value = values[i]!;
		if (!side || value === 0) return;
		if (side === Math.sign(value)) agree++;
		else oppose++;
	});
	if (agree + oppose === 0) return 'unclear';
	if (agree >= (agree + oppose) * 0.8) return 'agrees';
	return oppose >= (agree + oppose) * 0.8 ? 'opposes' : 'unclear';
}

/** One column of numbers with signs, or without any. */
function signedAmount(
	t: Table,
	amount: Column,
	balance: Column | null,
	values: number[],
	decimal: DecimalMark,
	roles: Map<number, ColumnRole>
): Sign {
	const answer = (sign: Mapping['sign'], sure: boolean): Sign => ({ sign, debits: 'positive', sure });
	const words = t.rows.map((row, i) => ({
		amount: values[i]!,
		text: row.filter((_, k) => !roles.has(k) && !looksLike.amount(t.columns[k]!.profile)).join(' ')
	}));
	const e = signEvidence(words);
	const total = e.positive + e.negative;
	if (total === 0 || amount.profile.plus > 0) return answer('as_is', true);
	const proven = balance ? proof(t, amount, balance, decimal) : null;
	if (proven && isProof(proven) && proven.flipSure && proven.steps >= 2) {
		// The balance of a bank account falls when money goes out; only of a debt it rises.
		if (proven.flip === -1 && e.positive > e.negative) return answer('inverted', true);
		if (proven.flip === 1 && e.negative > 0) return answer('as_is', true);
	}
	if (proven && isProof(proven) && proven.flip === 1 && e.negative >= e.positive)
		return answer('as_is', true);
	if (soldByHolder(t)) return answer('as_is', true);
	if (e.asIs + e.inverted > 0 && Math.max(e.asIs, e.inverted) >= (e.asIs + e.inverted) * 0.8) {
		if (e.asIs > e.inverted && e.negative > 0) return answer('as_is', true);
		if (e.inverted > e.asIs && e.positive > e.negative && e.negative > 0)
			return answer('inverted', e.inverted >= 2 || e.cardPayments > 0);
	}
	if (e.negative === 0) return answer(e.asIs > e.inverted ? 'as_is' : 'inverted', false);
	if (e.positive === 0) return answer('as_is', e.inverted < 2 || e.asIs > 0);
	if (e.negative >= e.positive) return answer('as_is', e.inverted <= e.asIs);
	return answer('inverted', false);
}

/** Titles that speak of customers: the export of a seller, who is paid. */
function soldByHolder(t: Table): boolean {
	return (
		t.columns.filter((c) => /\bcustomer|\bbuyer|\bpayout/iu.test(c.name.replaceAll('_', ' '))).length >= 2
	);
}
