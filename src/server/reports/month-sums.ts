/**
 * What transactions come to, month by month, from what is kept of each month. Triggers of the database mark the months that
 * change; those are added up again before the next one who asks reads them (docs/decisions/051-reports.md).
 */
import { firstOf, lastOf, wholeMonths } from '#lib/reports/period.ts';
import type { DateRange } from '#lib/budgets/period.ts';
import type { Sum } from '#lib/reports/sums.ts';
import { dialectOf, inTx, rawSql, sql, type Db, type Sql, type Tx } from '../db/client.ts';

/** What a person's transactions between two dates come to: kept sums of whole months, and those of the days at both ends. */
export async function sumsIn(db: Db, userId: string, range: DateRange): Promise<Sum[]> {
	const { whole, edges } = wholeMonths(range);
	const [kept, ...days] = await Promise.all([
		whole ? keptSums(db, userId, whole) : [],
		...edges.map((edge) => addUp(db, userId, edge))
	]);
	return [...days, kept].flat();
}

type Months = { first: string; last: string };

async function keptSums(db: Db, userId: string, { first, last }: Months): Promise<Sum[]> {
	await bringUpToDate(db, userId, { first, last });
	const rows = await db.monthTotal.findMany({
		where: { userId, month: { gte: first, lte: last } },
		select: { month: true, sums: true }
	});
	return rows.flatMap(({ month, sums }) => unpack(month, sums));
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
	const sums = pack(await addUp(tx, userId, { start: firstOf(month), end: lastOf(month) }));
	await tx.monthTotal.upsert({
		where: { userId_month: { userId, month } },
		create: { userId, month, sums },
		update: { sums }
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

async function addUp(db: Db | Tx, userId: string, { start, end }: DateRange): Promise<Sum[]> {
	const [columns] = await db.$queryRaw<[Columns]>`
		SELECT ${listsOf(db, ['month', 'accountId', 'currency', 'categoryId', 'merchantKey', 'sign', 'amount', 'count'])}
		FROM (
			SELECT substr("date", 1, 7) AS "month", "accountId", "currency", "categoryId", "merchantKey",
				CASE WHEN "amount" < 0 THEN -1 WHEN "amount" > 0 THEN 1 ELSE 0 END AS "sign",
				CAST(SUM("amount") AS BIGINT) AS "amount", COUNT(*) AS "count"
			FROM "Transaction" WHERE "userId" = ${userId} AND "date" BETWEEN ${start} AND ${end}
			GROUP BY 1, 2, 3, 4, 5, 6
		) AS "sums"`;
	const list = <T>(name: keyof Sum): T[] => (JSON.parse(columns[name] ?? '[]') ?? []) as T[];
	const [accounts, currencies, merchants] = [
		list<string>('accountId'),
		list<string>('currency'),
		list<string>('merchantKey')
	];
	const [categories, signs] = [list<string | null>('categoryId'), list<number>('sign')];
	const [amounts, counts] = [list<number>('amount'), list<number>('count')];
	return list<string>('month').map((month, at) => ({
		...{ month, accountId: accounts[at]!, currency: currencies[at]!, categoryId: categories[at]! },
		...{ merchantKey: merchants[at]!, sign: signs[at]!, amount: amounts[at]!, count: counts[at]! }
	}));
}

function listsOf(db: Db | Tx, names: readonly (keyof Sum)[]): Sql {
	const asList = (name: string): string =>
		dialectOf(db) === 'sqlite' ? `json_group_array("${name}")` : `CAST(json_agg("${name}") AS TEXT)`;
	return rawSql(names.map((name) => `${asList(name)} AS "${name}"`).join(', '));
}

/** A month as it is kept: the texts once each, and of each sum the places of its texts there, its sign, amount and count. */
type Packed = { texts: (string | null)[]; sums: number[] };
const width = 7;

function pack(sums: readonly Sum[]): string {
	const places = new Map<string | null, number>();
	const placeOf = (text: string | null): number => {
		const known = places.get(text);
		if (known !== undefined) return known;
		places.set(text, places.size);
		return places.size - 1;
	};
	const numbers = sums.flatMap(({ accountId, currency, categoryId, merchantKey, sign, amount, count }) => [
		...[accountId, currency, categoryId, merchantKey].map(placeOf),
		...[sign, amount, count]
	]);
	return JSON.stringify({ texts: [...places.keys()], sums: numbers } satisfies Packed);
}

function unpack(month: string, packed: string): Sum[] {
	const { texts, sums } = JSON.parse(packed) as Packed;
	return Array.from({ length: sums.length / width }, (_, n) => {
		const at = n * width;
		return {
			...{ month, accountId: texts[sums[at]!]!, currency: texts[sums[at + 1]!]! },
			...{ categoryId: texts[sums[at + 2]!]!, merchantKey: texts[sums[at + 3]!]! },
			...{ sign: sums[at + 4]!, amount: sums[at + 5]!, count: sums[at + 6]! }
		};
	});
}
