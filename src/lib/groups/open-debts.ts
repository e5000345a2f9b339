/** What is still to be paid for one expense. */
import { simplify, type Position, type Transfer } from './debts.ts';

/**
 * The positions in an expense, less what has been paid for it. A payment counts as far as whoever made it is behind and whoever
 * got it is ahead; where the expense was changed since, that may be a part of it, or nothing. The rest is money between the
 * two, and pays no share. Counted in the order given; all in minor units of one currency.
 */
export function lessPaid(positions: readonly Position[], payments: readonly Transfer[]): Position[] {
	const open = new Map(positions.map(({ memberId, amount }) => [memberId, amount]));
	for (const { from, to, amount } of payments) {
		const [payer, payee] = [open.get(from) ?? 0, open.get(to) ?? 0];
		const counts = Math.min(amount, -payer, payee);
		if (counts <= 0) continue;
		open.set(from, payer + counts);
		open.set(to, payee - counts);
	}
	return [...open].map(([memberId, amount]) => ({ memberId, amount }));
}

/** Who has still to pay whom for an expense. The positions must add up to zero. */
export const openDebts = (positions: readonly Position[], payments: readonly Transfer[]): Transfer[] =>
	simplify(lessPaid(positions, payments));
