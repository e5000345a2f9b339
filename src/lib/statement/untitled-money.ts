import { isProof, proveByBalance } from './balance.ts';
import { exclusive, numberAt, proof } from './table.ts';
import type { Column, Money, Table } from './table.ts';
import type { DecimalMark } from './types.ts';

/** Without a header: a column that another one proves as its balance; else two that exclude each other; else the best. */
export function untitledMoney(
	t: Table,
	singles: { column: Column; score: number }[],
	decimal: DecimalMark
): Money {
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
