import { simplify } from '#lib/groups/debts.ts';
import { maxExpense } from '#lib/groups/limits.ts';
import { exactly, maxMinor } from '#lib/money.ts';
import { emptySql, sql, type Db, type Sql, type Tx } from '../db/client.ts';
import { DomainError, notFound } from '../errors.ts';
import { byRevision } from './by-revision.ts';
import type { Membership } from './membership.ts';
import { pairwiseDebts, type Debt } from './pairs.ts';

export type Balance = { memberId: string; currency: string; amount: number };

/**
 * What each member is ahead (or, negative, behind) in each currency, from what they paid, what their shares are, and what has
 * gone from one to the other since.
 */
const sums = (groupId: string, memberId?: string): Sql => {
	const of = (column: Sql): Sql => (memberId === undefined ? emptySql : sql`AND ${column} = ${memberId}`);
	return sql`
		SELECT "memberId", "currency", CAST(SUM("amount") AS BIGINT) AS "amount" FROM (
			SELECT "memberId", "currency", CAST(SUM("net") AS BIGINT) AS "amount" FROM "ExpensePart"
				WHERE "groupId" = ${groupId} ${of(sql`"memberId"`)} GROUP BY "memberId", "currency"
			UNION ALL
			SELECT "fromId", "currency", "amount" FROM "Settlement"
				WHERE "groupId" = ${groupId} ${of(sql`"fromId"`)} AND "deletedAt" IS NULL AND "status" <> 'disputed'
			UNION ALL
			SELECT "toId", "currency", -"amount" FROM "Settlement"
				WHERE "groupId" = ${groupId} ${of(sql`"toId"`)} AND "deletedAt" IS NULL AND "status" <> 'disputed'
		) AS "entries" GROUP BY "memberId", "currency" HAVING SUM("amount") <> 0`;
};

type Row = { memberId: string; currency: string; amount: bigint };

const toBalance = ({ memberId, currency, amount }: Row): Balance => ({
	memberId,
	currency,
	amount: exactly(amount)
});

/** So many expenses and payments, however large, come to no balance that a number does not hold. */
const surelyExact = Math.floor(maxMinor / maxExpense);

/**
 * Makes sure, at the end of a change, that every balance is still one that can be told exactly. Error: INVALID
 * (`balance_too_large`).
 */
export async function requireExactBalances(tx: Tx, groupId: string): Promise<void> {
	const [{ entries } = { entries: 0 }] = await tx.$queryRaw<{ entries: bigint | number }[]>`
		SELECT (SELECT COUNT(*) FROM "Expense" WHERE "groupId" = ${groupId}) +
			(SELECT COUNT(*) FROM "Settlement" WHERE "groupId" = ${groupId}) AS "entries"`;
	if (entries <= surelyExact) return;
	const tooLarge = await tx.$queryRaw<unknown[]>`
		SELECT "memberId" FROM (${sums(groupId)}) AS "sums" WHERE ABS("amount") > ${BigInt(maxMinor)} LIMIT 1`;
	if (tooLarge.length > 0) throw new DomainError('INVALID', 'balance_too_large');
}

/** The balances of a group, or of one member. Those that are zero are left out. Always computed, never stored. */
export async function balancesOf(db: Db | Tx, groupId: string, memberId?: string): Promise<Balance[]> {
	const rows = await db.$queryRaw<Row[]>`${sums(groupId, memberId)} ORDER BY "currency", "memberId"`;
	return rows.map(toBalance);
}

/** The same with the revision that they are of. */
async function balancesNow(db: Db, groupId: string): Promise<{ revision: number; balances: Balance[] }> {
	// One statement sees one state.
	const rows = await db.$queryRaw<(Partial<Row> & { revision: number | bigint })[]>`
		SELECT "revision", "memberId", "sums"."currency", "amount"
		FROM "Group" LEFT JOIN (${sums(groupId)}) AS "sums" ON TRUE
		WHERE "Group"."id" = ${groupId} ORDER BY "sums"."currency", "memberId"`;
	const balances = rows.filter((row): row is (typeof rows)[number] & Row => Boolean(row.memberId));
	return { revision: Number(rows[0]?.revision ?? 0), balances: balances.map(toBalance) };
}

/** The fewest payments that bring everybody to zero, currency by currency. */
export function simplifiedDebts(balances: readonly Balance[]): Debt[] {
	const byCurrency = Map.groupBy(balances, ({ currency }) => currency);
	return [...byCurrency].flatMap(([currency, positions]) =>
		simplify(positions).map((transfer) => ({ ...transfer, currency }))
	);
}

export type GroupBalances = {
	revision: number;
	/** Everybody in the group, and former members who are not even. */
	members: { memberId: string; name: string; balances: { currency: string; amount: number }[] }[];
	/** Simplified, or where that is off what each owes each. */
	debts: Debt[];
};

/** How a group stands: who is ahead and behind in each currency (minor units), and who would pay whom. */
export const groupBalances = (db: Db, { groupId }: Membership): Promise<GroupBalances> =>
	currentBalances(db, groupId);

const currentBalances = byRevision(async (db, groupId): Promise<GroupBalances> => {
	const { revision, balances } = await balancesNow(db, groupId);
	// Read after it: what is newer than the revision that the answer names is loaded again when its event comes.
	const group = await db.group.findUnique({
		where: { id: groupId },
		select: { simplify: true, members: { orderBy: { id: 'asc' } } }
	});
	if (!group) throw notFound(); // deleted since
	const byMember = Map.groupBy(balances, ({ memberId }) => memberId);
	return {
		revision,
		members: group.members
			.filter(({ id, removedAt }) => removedAt === null || byMember.has(id))
			.map(({ id, name }) => ({
				memberId: id,
				name,
				balances: (byMember.get(id) ?? []).map(({ currency, amount }) => ({ currency, amount }))
			})),
		debts: group.simplify ? simplifiedDebts(balances) : (await pairwiseDebts(db, groupId)).debts
	};
});
