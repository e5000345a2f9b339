import { z } from 'zod';
import type { Transfer } from '#lib/groups/debts.ts';
import { pathOf } from '#lib/groups/path.ts';
import { exactly } from '#lib/money.ts';
import { currency, id } from '#lib/schemas.ts';
import type { Db } from '../db/client.ts';
import { notFound } from '../errors.ts';
import { groupBalances } from './balances.ts';
import type { Membership } from './membership.ts';
import { pairwiseDebts } from './pairs.ts';

const mostEntries = 500;

export const debtToExplain = z.object({ from: id, to: id, currency });

/** What moved a member's balance; `amount` by how much, in minor units. */
export type PositionEntry = {
	kind: 'expense' | 'settlement';
	id: string;
	/** The expense's description, or the settlement's note. */
	title: string;
	date: string;
	amount: number;
};

export type PositionView = {
	memberId: string;
	/** The balance: all entries together, also those left out. */
	sum: number;
	/** The newest ones, newest first. */
	entries: PositionEntry[];
	/** How many older ones are left out, and what they come to. */
	earlier: { count: number; amount: number };
};

export type Explanation = {
	revision: number;
	currency: string;
	/** What `from` would pay `to` as the group is set now; 0 when nothing. */
	amount: number;
	from: PositionView;
	to: PositionView;
	/** What each owes each in this currency before it is simplified. */
	pairwise: Transfer[];
	/** Along those, from one to the other. Empty when only simplifying brings the two together. */
	path: Transfer[];
};

type Row = Omit<PositionEntry, 'amount'> & { amount: bigint };

/** The expenses, payments and netting behind a debt of a group. Error: NOT_FOUND (a member who is none of this group's). */
export async function explainDebt(
	db: Db,
	membership: Membership,
	{ from, to, currency }: z.output<typeof debtToExplain>
): Promise<Explanation> {
	const { groupId } = membership;
	const known = await db.member.count({ where: { groupId, id: { in: [from, to] } } });
	if (known !== 2) throw notFound();
	const { revision, debts } = await groupBalances(db, membership);
	const [pairs, payer, payee] = await Promise.all([
		pairwiseDebts(db, groupId),
		positionOf(db, groupId, from, currency),
		positionOf(db, groupId, to, currency)
	]);
	const pairwise = pairs.debts
		.filter((debt) => debt.currency === currency)
		.map(({ from, to, amount }) => ({ from, to, amount }));
	const debt = debts.find((d) => d.from === from && d.to === to && d.currency === currency);
	return {
		revision,
		currency,
		amount: debt?.amount ?? 0,
		from: payer,
		to: payee,
		pairwise,
		path: pathOf(pairwise, from, to)
	};
}

async function positionOf(
	db: Db,
	groupId: string,
	memberId: string,
	currency: string
): Promise<PositionView> {
	const rows = await db.$queryRaw<Row[]>`
		SELECT 'expense' AS "kind", "Expense"."id", "description" AS "title", "date", "net" AS "amount"
			FROM "ExpensePart" JOIN "Expense" ON "Expense"."id" = "expenseId"
			WHERE "ExpensePart"."groupId" = ${groupId} AND "memberId" = ${memberId}
				AND "ExpensePart"."currency" = ${currency} AND "net" <> 0
		UNION ALL
		SELECT 'settlement', "id", "note", "date", CASE WHEN "fromId" = ${memberId} THEN "amount" ELSE -"amount" END
			FROM "Settlement"
			WHERE "groupId" = ${groupId} AND "currency" = ${currency} AND "deletedAt" IS NULL AND "status" <> 'disputed'
				AND ("fromId" = ${memberId} OR "toId" = ${memberId})
		ORDER BY "date" DESC, "id" DESC`;
	const sumOf = (list: readonly Row[]) => exactly(list.reduce((sum, { amount }) => sum + amount, 0n));
	const earlier = rows.slice(mostEntries);
	return {
		memberId,
		sum: sumOf(rows),
		entries: rows.slice(0, mostEntries).map((row) => ({ ...row, amount: exactly(row.amount) })),
		earlier: { count: earlier.length, amount: sumOf(earlier) }
	};
}
