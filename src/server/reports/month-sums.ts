/**
 * What transactions come to, month by month, from what is kept of each month. Triggers of the database mark the months that
 * change; those are added up again before the next one who asks reads them (docs/decisions/051-reports.md).
 */
import { firstOf, lastOf, wholeMonths } from '#lib/reports/period.ts';
import type { DateRange } from '#lib/budgets/period.ts';
import type { Sum, Sums } from '#lib/reports/sums.ts';
import { dialectOf, inTx, rawSql, sql, type Db, type Sql, type Tx } from '../db/client.ts';
import { pack, unpacked } from './packed.ts';

type With = { merchants: boolean };

/**
 * What a person's transactions between two dates come to, `merchants` one by one: kept sums of whole months, and those of the days
 * at both ends.
 */
export async function sumsIn(
	db: Db,
	userId: string,
	range: DateRange,
	{ merchants }: With = { merchants: false }
): Promise<Sums> {
	const { whole, edges } = wholeMonths(range);
	const [kept, ...days] = await Promise.all([
		whole ? keptSums(db, userId, whole, { merchants }) : [],
		...edges.map((edge) => addUp(db, userId, edge, { merchants }))
	]);
	return (visit) => {
		for (const sums of kept) sums(visit);
		for (const sum of days.flat()) visit(sum);
	};
}

type Months = { first: string; last: string };

async function keptSums(
	db: Db,
	userId: string,
	{ first, last }: Months,
	{ merchants }: With
): Promise<Sums[]> {
	await bringUpToDate(db, userId, { first, last });
	const where = { userId, month: { gte: first, lte: last } };
	if (merchants) {
		const rows = await db.monthTotal.findMany({ where, select: { month: true, byMerchant: true } });
		return rows.map(({ month, byMerchant }) => unpacked(month, byMerchant));
	}
	const rows = await db.monthTotal.findMany({ where, select: { month: true, sums: true } });
	return rows.map(({ month, sums }) => unpacked(month, sums));
}

/** Adds those months up again that something has changed in since they were. */
async function bringUpToDate(db: Db, userId: string, { first, last }: Months): Promise<void> {
	const stale = await db.staleMonth.findMany({
		where: { userId, month: { gte: first, lte: last } },
		select: { month: true },
		distinct: ['month']
	});
	// One after the other, so that whoever writes meanwhile waits for no more than a month.
	for (const { month } of stale) await inTx(db, (tx) => addUpAgain(tx, userId, month));
}

async function addUpAgain(tx: Tx, userId: string, month: string): Promise<void> {
	await takeTurns(tx, userId);
	// What is marked after these was written after them too, so that it stays marked.
	const marks = await tx.staleMonth.findMany({ where: { userId, month }, select: { id: true } });
	if (marks.length === 0) return;
	const range = { start: firstOf(month), end: lastOf(month) };
	const [sums, byMerchant] = [
		pack(await addUp(tx, userId, range, { merchants: false })),
		pack(await addUp(tx, userId, range, { merchants: true }))
	];
	await tx.monthTotal.upsert({
		where: { userId_month: { userId, month } },
		create: { userId, month, sums, byMerchant },
		update: { sums, byMerchant }
	});
	const ids = JSON.stringify(marks.map(({ id }) => id));
	const seen =
		dialectOf(tx) === 'sqlite'
			? sql`SELECT "value" FROM json_each(${ids})`
			: sql`SELECT CAST("value" AS INTEGER) FROM jsonb_array_elements_text(CAST(${ids} AS jsonb))`;
	await tx.$executeRaw`DELETE FROM "StaleMonth" WHERE "id" IN (${seen})`;
}

/** Two who add up the same month at once could keep the older of both sums. SQLite has one writer anyway. */
async function takeTurns(tx: Tx, userId: string): Promise<void> {
	if (dialectOf(tx) === 'sqlite') return;
	await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('month totals'), hashtext(${userId}))`;
}

/** The columns as JSON lists: thousands of rows cost a driver more than one text. */
type Columns = Record<keyof Sum, string>;

async function addUp(
	db: Db | Tx,
	userId: string,
	{ start, end }: DateRange,
	{ merchants }: With
): Promise<Sum[]> {
	const merchantKey = merchants ? sql`"merchantKey"` : sql`NULL AS "merchantKey"`;
	const [columns] = await db.$queryRaw<[Columns]>`
		SELECT ${listsOf(db, ['month', 'accountId', 'currency', 'categoryId', 'merchantKey', 'sign', 'amount', 'count'])}
		FROM (
			SELECT substr("date", 1, 7) AS "month", "accountId", "currency", "categoryId", ${merchantKey},
				CASE WHEN "amount" < 0 THEN -1 WHEN "amount" > 0 THEN 1 ELSE 0 END AS "sign",
				CAST(SUM("amount") AS BIGINT) AS "amount", COUNT(*) AS "count"
			FROM "Transaction" WHERE "userId" = ${userId} AND "date" BETWEEN ${start} AND ${end}
			GROUP BY 1, 2, 3, 4, 5, 6
		) AS "sums"`;
	const list = <T>(name: keyof Sum): T[] => (JSON.parse(columns[name] ?? '[]') ?? []) as T[];
	const [accounts, currencies, keys] = [
		list<string>('accountId'),
		list<string>('currency'),
		list<string | null>('merchantKey')
	];
	const [categories, signs] = [list<string | null>('categoryId'), list<number>('sign')];
	const [amounts, counts] = [list<number>('amount'), list<number>('count')];
	return list<string>('month').map((month, at) => ({
		...{ month, accountId: accounts[at]!, currency: currencies[at]!, categoryId: categories[at]! },
		...{ merchantKey: keys[at]!, sign: signs[at]!, amount: amounts[at]!, count: counts[at]! }
	}));
}

function listsOf(db: Db | Tx, names: readonly (keyof Sum)[]): Sql {
	const asList = (name: string): string =>
		dialectOf(db) === 'sqlite' ? `json_group_array("${name}")` : `CAST(json_agg("${name}") AS TEXT)`;
	return rawSql(names.map((name) => `${asList(name)} AS "${name}"`).join(', '));
}
