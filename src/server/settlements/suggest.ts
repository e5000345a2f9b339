import { addDays } from '#lib/dates.ts';
import type { Db } from '../db/client.ts';
import { groupBalances } from '../groups/balances.ts';
import type { Membership } from '../groups/membership.ts';

/** How far apart a transfer's booking and what was said of it may lie. */
const days = 5;
/** How far back transfers are looked at. */
const daysBack = 90;
const mostTransfers = 200;

export type SuggestedSettlement = {
	/** One of the person's own transactions: money that came in. */
	transaction: { id: string; date: string; amount: number; currency: string; merchant: string };
	/** The member it seems to be from. */
	from: string;
	/** What that member marked as paid; null when it just equals what they owe. */
	settlementId: string | null;
};

type Expected = {
	from: string;
	settlementId: string | null;
	amount: number;
	currency: string;
	since: string;
	until: string;
};

/**
 * Money that came in and is just what somebody owes the person, or says to have paid them. A marked payment is looked for within
 * {@link days} around its date; a debt, from then before it came to be what it is. A transfer that is tied to something already
 * is not suggested, and none twice. `today` is a civil date.
 */
export async function suggestSettlements(
	db: Db,
	membership: Membership,
	today: string
): Promise<SuggestedSettlement[]> {
	const expected = [...(await marked(db, membership)), ...(await owed(db, membership, today))];
	if (expected.length === 0) return [];
	const transfers = await db.transaction.findMany({
		where: {
			userId: membership.userId,
			amount: { in: expected.map(({ amount }) => BigInt(amount)) },
			date: { gte: addDays(today, -daysBack) },
			paidSettlements: { none: { deletedAt: null } },
			receivedSettlements: { none: { deletedAt: null } },
			expenses: { none: { deletedAt: null } },
			...{ transferOut: null, transferIn: null }
		},
		orderBy: [{ date: 'desc' }, { id: 'desc' }],
		take: mostTransfers,
		select: { id: true, date: true, amount: true, currency: true, merchant: true }
	});
	const taken = new Set<string>();
	return expected.flatMap(({ from, settlementId, amount, currency, since, until }) => {
		const found = transfers.find(
			(one) =>
				!taken.has(one.id) &&
				Number(one.amount) === amount &&
				one.currency === currency &&
				one.date >= since &&
				one.date <= until
		);
		if (!found) return [];
		taken.add(found.id);
		return [{ transaction: { ...found, amount }, from, settlementId }];
	});
}

/** What others say to have paid the person. */
async function marked(db: Db, { id, groupId }: Membership): Promise<Expected[]> {
	const rows = await db.settlement.findMany({
		where: { groupId, toId: id, status: 'marked', deletedAt: null, toTransactionId: null },
		orderBy: [{ date: 'asc' }, { id: 'asc' }]
	});
	return rows.map((row) => ({
		settlementId: row.id,
		from: row.fromId,
		amount: Number(row.amount),
		currency: row.currency,
		since: addDays(row.date, -days),
		until: addDays(row.date, days)
	}));
}

/** What others owe the person now, since the last thing that made it that much. */
async function owed(db: Db, membership: Membership, today: string): Promise<Expected[]> {
	const { groupId, id } = membership;
	const { debts } = await groupBalances(db, membership);
	const mine = debts.filter(({ to }) => to === id);
	return Promise.all(
		mine.map(async ({ from, amount, currency }) => {
			const last = await db.expense.findFirst({
				where: { groupId, deletedAt: null, parts: { some: { memberId: from, currency, net: { not: 0 } } } },
				orderBy: [{ date: 'desc' }, { id: 'desc' }],
				select: { date: true }
			});
			const since = addDays(last?.date ?? today, -days);
			return { from, settlementId: null, amount, currency, since, until: addDays(today, days) };
		})
	);
}
