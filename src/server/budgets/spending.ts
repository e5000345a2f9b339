/** What was spent in a range of dates, for many budgets at once: in one query for people and one for groups. */
import { isSpending } from '#lib/budgets/spending.ts';
import type { DateRange } from '#lib/budgets/period.ts';
import { sql, type Db, type Sql, type Tx } from '../db/client.ts';
import { rowsAsTable } from '../db/rows-as-table.ts';
import { sharedTransactions } from '../transactions/shared-transactions.ts';
import { countsAsSpending } from '../transactions/spending-sql.ts';
import type { BudgetTerms } from './budget.ts';

/** Which spending is asked for: a person's or, with `groupId`, a group's. */
export type Scope = Pick<BudgetTerms, 'userId' | 'groupId' | 'categoryIds' | 'currency' | 'ownShare'>;

export type Spent = {
	/** In minor units of the currency; refunds count against it, so it can be below zero. */
	spent: bigint;
	/** How much of that is no measure of a pace: payments that come again by themselves, and what is dated after today. */
	apart: bigint;
	/** How many more there were in other currencies; those are not converted. */
	otherCurrencies: { currency: string; count: number }[];
};

/** `today`: where that lies within the range; without it all of the range is over. */
export type Asked = { scope: Scope; range: DateRange; today?: string };

type Row = { at: string; currency: string; spent: bigint; apart: bigint; count: bigint };

/** What was spent in each of the ranges, in their order. */
export async function spentIn(db: Db | Tx, asked: readonly Asked[]): Promise<Spent[]> {
	const of = (isGroup: boolean) =>
		[...asked.entries()].filter(([, { scope }]) => Boolean(scope.groupId) === isGroup);
	const [people, groups] = [of(false), of(true)];
	const rows = [
		...(people.length > 0 ? await byPeople(db, windowsOf(db, people)) : []),
		...(groups.length > 0 ? await inGroups(db, windowsOf(db, groups)) : [])
	];
	const found = asked.map((): Spent => ({ spent: 0n, apart: 0n, otherCurrencies: [] }));
	for (const { at, currency, spent, apart, count } of rows) {
		const one = found[Number(at)]!;
		if (currency !== asked[Number(at)]!.scope.currency) {
			one.otherCurrencies.push({ currency, count: Number(count) });
		} else {
			one.spent += spent;
			one.apart += apart;
		}
	}
	await leaveOutOthers(db, asked, found);
	return found;
}

/**
 * The ranges as a table `w`: one row for each category of a budget, or one without a category. All of them are looked up by the
 * indexes.
 */
function windowsOf(db: Db | Tx, asked: [number, Asked][]): Sql {
	const rows = asked.flatMap(([at, { scope, range, today = range.end }]) =>
		(scope.categoryIds.length > 0 ? scope.categoryIds : [null]).map((categoryId) => [
			...[String(at), scope.groupId ?? scope.userId, categoryId, scope.currency],
			...[range.start, range.end, today]
		])
	);
	return rowsAsTable(db, 'w', ['at', 'owner', 'categoryId', 'currency', 'start', 'end', 'today'], rows);
}

/** `isSpending` (#lib/budgets/spending.ts) in SQL. */
function byPeople(db: Db | Tx, windows: Sql): Promise<Row[]> {
	const sums = sql`CAST(SUM(-t."amount") AS BIGINT) AS "spent",
		CAST(SUM(CASE WHEN t."recurringId" IS NULL AND t."date" <= w."today" THEN 0 ELSE -t."amount" END) AS BIGINT)
			AS "apart",
		COUNT(*) AS "count"`;
	const inRange = sql`t."userId" = w."owner" AND t."date" BETWEEN w."start" AND w."end"`;
	return db.$queryRaw<Row[]>`
		${windows}
		SELECT w."at", t."currency", ${sums} FROM "w" CROSS JOIN "Transaction" t
		WHERE ${inRange} AND t."categoryId" = w."categoryId"
		GROUP BY w."at", t."currency"
		UNION ALL
		SELECT w."at", t."currency", ${sums} FROM "w" CROSS JOIN "Transaction" t
			LEFT JOIN "Category" c ON c."id" = t."categoryId"
		WHERE ${inRange} AND w."categoryId" IS NULL AND ${countsAsSpending}
		GROUP BY w."at", t."currency"`;
}

/** Of a group everything counts: as it is owed, or as it was paid, whichever is in the budget's currency. */
function inGroups(db: Db | Tx, windows: Sql): Promise<Row[]> {
	const amount = sql`CASE WHEN e."settleCurrency" = w."currency" THEN e."settleAmount" ELSE e."amount" END`;
	const currency = sql`CASE WHEN e."currency" = w."currency" THEN e."currency" ELSE e."settleCurrency" END`;
	return db.$queryRaw<Row[]>`
		${windows}
		SELECT w."at", ${currency} AS "currency", CAST(SUM(${amount}) AS BIGINT) AS "spent",
			CAST(SUM(CASE WHEN e."scheduleId" IS NULL AND e."date" <= w."today" THEN 0 ELSE ${amount} END) AS BIGINT)
				AS "apart",
			COUNT(*) AS "count"
		FROM "w" CROSS JOIN "Expense" e
		WHERE e."groupId" = w."owner" AND e."date" BETWEEN w."start" AND w."end" AND e."deletedAt" IS NULL
			AND (w."categoryId" IS NULL OR e."categoryId" = w."categoryId")
		GROUP BY w."at", ${currency}`;
}

/** Of those that count one's own share only: takes what was for others out again, and what they paid back. */
async function leaveOutOthers(db: Db | Tx, asked: readonly Asked[], found: readonly Spent[]): Promise<void> {
	const sharing = [...asked.entries()].filter(([, { scope }]) => scope.ownShare && !scope.groupId);
	if (sharing.length === 0) return;
	const byPerson = Map.groupBy(sharing, ([, { scope }]) => scope.userId);
	const people = [...byPerson].map(([userId, windows]) => {
		const starts = windows.map(([, { range }]) => range.start).sort();
		const ends = windows.map(([, { range }]) => range.end).sort();
		return { userId, range: { start: starts[0]!, end: ends.at(-1)! } };
	});
	for (const one of await sharedTransactions(db, people)) {
		for (const [at, { scope, range, today = range.end }] of byPerson.get(one.userId)!) {
			const isIn = range.start <= one.date && one.date <= range.end && one.currency === scope.currency;
			if (!isIn || !isSpending(one, scope.categoryIds)) continue;
			found[at]!.spent -= one.ofOthers;
			if (one.recurringId !== null || one.date > today) found[at]!.apart -= one.ofOthers;
		}
	}
}
