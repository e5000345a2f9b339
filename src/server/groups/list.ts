import { exactly } from '#lib/money.ts';
import type { Db } from '../db/client.ts';
import type { Balance } from './balances.ts';

export type GroupInList = {
	id: string;
	name: string;
	currency: string;
	archived: boolean;
	memberId: string;
	/** How many are in it, names without an account included. */
	members: number;
	/** What the person is ahead (or, negative, behind) in each currency, in minor units; even ones are left out. */
	balances: { currency: string; amount: number }[];
	lastActivityAt: string;
};

/** The groups that a person is in, the one where something happened last first. */
export async function listGroups(db: Db, userId: string): Promise<GroupInList[]> {
	const mine = await db.member.findMany({
		where: { userId, removedAt: null },
		include: { group: { include: { _count: { select: { members: { where: { removedAt: null } } } } } } }
	});
	const [balances, latest] = await Promise.all([ownBalances(db, userId), latestActivity(db, userId)]);
	return mine
		.map(({ id: memberId, group }) => ({
			id: group.id,
			name: group.name,
			currency: group.currency,
			archived: group.archivedAt !== null,
			memberId,
			members: group._count.members,
			balances: (balances.get(memberId) ?? []).map(({ currency, amount }) => ({ currency, amount })),
			lastActivityAt: (latest.get(group.id) ?? group.createdAt).toISOString()
		}))
		.sort((a, b) =>
			a.lastActivityAt === b.lastActivityAt ? 0 : a.lastActivityAt < b.lastActivityAt ? 1 : -1
		);
}

type Row = Omit<Balance, 'amount'> & { amount: bigint };

/** What {@link balancesOf} says of one person in all of their groups at once. */
async function ownBalances(db: Db, userId: string): Promise<Map<string, Balance[]>> {
	const rows = await db.$queryRaw<Row[]>`
		SELECT "memberId", "currency", CAST(SUM("amount") AS BIGINT) AS "amount" FROM (
			SELECT "Member"."id" AS "memberId", "currency", "net" AS "amount" FROM "Member"
				JOIN "ExpensePart" ON "ExpensePart"."groupId" = "Member"."groupId" AND "memberId" = "Member"."id"
				WHERE "userId" = ${userId} AND "removedAt" IS NULL
			UNION ALL
			SELECT "Member"."id", "currency", "amount" FROM "Member" JOIN "Settlement" ON "fromId" = "Member"."id"
				WHERE "userId" = ${userId} AND "removedAt" IS NULL AND "deletedAt" IS NULL AND "status" <> 'disputed'
			UNION ALL
			SELECT "Member"."id", "currency", -"amount" FROM "Member" JOIN "Settlement" ON "toId" = "Member"."id"
				WHERE "userId" = ${userId} AND "removedAt" IS NULL AND "deletedAt" IS NULL AND "status" <> 'disputed'
		) AS "entries" GROUP BY "memberId", "currency" HAVING SUM("amount") <> 0 ORDER BY "currency"`;
	const balances = rows.map((row) => ({ ...row, amount: exactly(row.amount) }));
	return Map.groupBy(balances, ({ memberId }) => memberId);
}

/** When something last happened in each: the log's line of the current revision. */
async function latestActivity(db: Db, userId: string): Promise<Map<string, Date>> {
	const rows = await db.$queryRaw<{ groupId: string; createdAt: Date }[]>`
		SELECT "Activity"."groupId", "Activity"."createdAt" FROM "Member"
			JOIN "Group" ON "Group"."id" = "Member"."groupId"
			JOIN "Activity" ON "Activity"."groupId" = "Group"."id" AND "Activity"."revision" = "Group"."revision"
			WHERE "userId" = ${userId} AND "removedAt" IS NULL`;
	return new Map(rows.map(({ groupId, createdAt }) => [groupId, createdAt]));
}
