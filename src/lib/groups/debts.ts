/** From who is ahead and who is behind to who pays whom. */
import { exactly } from '#lib/money.ts';

/** What somebody has paid more than their share (or, negative, less), in minor units of one currency. */
export type Position = { memberId: string; amount: number };

export type Transfer = { from: string; to: string; amount: number };

/**
 * Transfers that bring everybody to zero: at most one fewer than there are people, for each one settles somebody. Who is
 * furthest behind pays who is furthest ahead; ties go by id, so the same positions always give the same transfers. Pairs that
 * even each other out exactly come first. The positions must add up to zero.
 */
export function simplify(positions: readonly Position[]): Transfer[] {
	const open = positions.filter(({ amount }) => amount !== 0).map((position) => ({ ...position }));
	const transfers: Transfer[] = [];
	const pay = (debtor: Position, creditor: Position): void => {
		const amount = Math.min(-debtor.amount, creditor.amount);
		transfers.push({ from: debtor.memberId, to: creditor.memberId, amount });
		debtor.amount += amount;
		creditor.amount -= amount;
	};
	const inOrder = (list: Position[]) =>
		list.sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount) || (a.memberId < b.memberId ? -1 : 1));
	const behind = inOrder(open.filter(({ amount }) => amount < 0));
	const ahead = inOrder(open.filter(({ amount }) => amount > 0));
	for (const debtor of behind) {
		const even = ahead.find((creditor) => creditor.amount === -debtor.amount && creditor.amount > 0);
		if (even) pay(debtor, even);
	}
	for (;;) {
		const debtor = inOrder(behind.filter(({ amount }) => amount < 0))[0];
		const creditor = inOrder(ahead.filter(({ amount }) => amount > 0))[0];
		if (!debtor || !creditor) return transfers;
		pay(debtor, creditor);
	}
}

/** The other way: what people owe each other one by one, evened out within each pair only. */
export function netPairs(transfers: readonly Transfer[]): Transfer[] {
	const net = new Map<string, Transfer>();
	for (const { from, to, amount } of transfers) {
		const turned = from > to;
		const key = turned ? `${to} ${from}` : `${from} ${to}`;
		const pair = net.get(key) ?? { from: turned ? to : from, to: turned ? from : to, amount: 0 };
		pair.amount = exactly(pair.amount + (turned ? -amount : amount));
		net.set(key, pair);
	}
	return [...net.values()]
		.filter(({ amount }) => amount !== 0)
		.map(({ from, to, amount }) =>
			amount > 0 ? { from, to, amount } : { from: to, to: from, amount: -amount }
		);
}
