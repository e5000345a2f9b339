import type { DateRange } from '#lib/budgets/period.ts';
import { daysBetween } from '#lib/dates.ts';
import { sql, type Db, type Tx } from '../db/client.ts';
import { rowsAsTable } from '../db/rows-as-table.ts';

/** A transaction of somebody's that is shared with a group. */
export type SharedTransaction = {
	id: string;
	userId: string;
	date: string;
	accountId: string;
	merchantKey: string;
	categoryId: string | null;
	/** The upper level of that. */
	group: string | null;
	recurringId: string | null;
	currency: string;
	/** In minor units, outflow negative. */
	amount: bigint;
	/**
	 * How much of what it spends is not the person's own: of outgoing money what was for others, never below zero; of what others
	 * paid back all of it, which is negative.
	 */
	ofOthers: bigint;
};

type Whose = { userId: string; range: DateRange };

/** Of so many days it costs less to look at all that anybody has shared than at all that somebody has spent. */
const longRange = 100;

const isLong = (people: readonly Whose[]): boolean =>
	people.some(({ range }) => daysBetween(range.start, range.end) > longRange);

/** What of people's money between two dates was split with a group, or was paid back to them. Each person once. */
export async function sharedTransactions(
	db: Db | Tx,
	people: readonly Whose[]
): Promise<SharedTransaction[]> {
	return [...(await splitWithGroups(db, people)), ...(await paidBack(db, people))];
}

type Row = Omit<SharedTransaction, 'ofOthers'>;

const columns = sql`t."id", t."userId", t."date", t."accountId", t."merchantKey", t."categoryId", c."group", t."recurringId",
	t."currency", t."amount"`;

type Split = Row & {
	expenseCurrency: string;
	expenseAmount: bigint;
	settleCurrency: string;
	settleAmount: bigint;
	/** The person's own; null where they have none. */
	share: bigint | null;
};

const windowsOf = (db: Db | Tx, people: readonly Whose[]) =>
	rowsAsTable(
		db,
		'w',
		['userId', 'start', 'end'],
		people.map(({ userId, range }) => [userId, range.start, range.end])
	);

async function splitWithGroups(db: Db | Tx, people: readonly Whose[]): Promise<SharedTransaction[]> {
	const order = isLong(people)
		? sql`"Expense" e CROSS JOIN "Transaction" t CROSS JOIN "w"`
		: sql`"w" CROSS JOIN "Transaction" t CROSS JOIN "Expense" e`;
	const rows = await db.$queryRaw<Split[]>`
		${windowsOf(db, people)}
		SELECT ${columns},
			e."currency" AS "expenseCurrency", e."amount" AS "expenseAmount", e."settleCurrency", e."settleAmount", p."share"
		FROM ${order}
			LEFT JOIN "Category" c ON c."id" = t."categoryId"
			LEFT JOIN "Member" m ON m."groupId" = e."groupId" AND m."userId" = t."userId"
			LEFT JOIN "ExpensePart" p ON p."expenseId" = e."id" AND p."memberId" = m."id"
		WHERE e."transactionId" = t."id" AND t."userId" = w."userId" AND t."date" BETWEEN w."start" AND w."end"
			AND t."amount" < 0 AND e."deletedAt" IS NULL`;
	return [...Map.groupBy(rows, ({ id }) => id).values()].map((all) => {
		const { id, userId, date, accountId, merchantKey, categoryId, group, recurringId, currency, amount } =
			all[0]!;
		const shares = all.map(shareIn);
		// Owed in a currency that says nothing about this one: all of it counts.
		const known = shares.every((share) => share !== null);
		const others = known ? -amount - shares.reduce((sum, share) => sum + share, 0n) : 0n;
		const ofOthers = others > 0n ? others : 0n;
		return {
			...{ id, userId, date, accountId, merchantKey, categoryId, group, recurringId, currency, amount },
			ofOthers
		};
	});
}

/** One's own share of an expense in the currency of the transaction, in minor units; null where it cannot be known. */
function shareIn({ currency, share, ...expense }: Split): bigint | null {
	if (share === null || expense.settleCurrency === currency) return share ?? 0n;
	if (expense.expenseCurrency !== currency) return null;
	return (share * expense.expenseAmount) / expense.settleAmount;
}

/** Settlements count as `countsAsPaid` (settlements/view.ts) says. */
async function paidBack(db: Db | Tx, people: readonly Whose[]): Promise<SharedTransaction[]> {
	const order = isLong(people)
		? sql`"Settlement" s CROSS JOIN "Transaction" t CROSS JOIN "w"`
		: sql`"w" CROSS JOIN "Transaction" t CROSS JOIN "Settlement" s`;
	const rows = await db.$queryRaw<Row[]>`
		${windowsOf(db, people)}
		SELECT DISTINCT ${columns}
		FROM ${order} LEFT JOIN "Category" c ON c."id" = t."categoryId"
		WHERE s."toTransactionId" = t."id" AND t."userId" = w."userId" AND t."date" BETWEEN w."start" AND w."end"
			AND t."amount" > 0 AND s."deletedAt" IS NULL AND s."status" <> 'disputed'`;
	return rows.map((row) => ({ ...row, ofOthers: -row.amount }));
}
