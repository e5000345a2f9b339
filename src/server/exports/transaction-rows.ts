import type { CategoryBook } from '#lib/category-book.ts';
import type { Batch } from '#lib/exports/document.ts';
import { bookOf } from '../categories/book.ts';
import { dialectOf, emptySql, joinSql, sql, type Db, type Sql } from '../db/client.ts';
import { beyond, indexed, rowsSifted, sifted, type TransactionFilter } from '../transactions/list.ts';

/** Enough that asking costs little beside reading, and read in some ten milliseconds. */
const pageRows = 4000;

/** Counting costs less than reading. */
const rowsCounted = 20_000;

/** Where in a row each value stands. */
export const at = {
	date: 0,
	amount: 1,
	currency: 2,
	merchant: 3,
	description: 4,
	categoryId: 5,
	accountId: 6,
	note: 7,
	id: 8
} as const;

const values = sql`"date", "amount", "currency", "merchant", "description", "categoryId", "accountId", "note", "id"`;

/**
 * The transactions that a filter finds, newest first. The database itself makes a page of them one text, which is parsed where it
 * is written: made into objects here, rows would cost several times as much.
 */
export async function* transactionRows(
	db: Db,
	userId: string,
	filter: TransactionFilter,
	book: CategoryBook
): AsyncGenerator<Batch, void, undefined> {
	const found = indexed(userId, filter, book);
	const tried = sifted(filter, book);
	const looked = tried.length > 0 ? rowsSifted : pageRows;
	let cursor: string | null = null;
	do {
		const page: Page = await readPage(db, sql`${found} ${cursor ? beyond(cursor) : emptySql}`, tried, looked);
		if (page.rows !== '[]') yield { table: 0, rows: page.rows };
		cursor = page.looked < looked ? null : page.last;
	} while (cursor);
}

/** How many of them there are, counted page by page as they are read: others get their turn in between. */
export async function countTransactionRows(
	db: Db,
	userId: string,
	filter: TransactionFilter
): Promise<number> {
	const book = await bookOf(db, userId);
	const found = indexed(userId, filter, book);
	const tried = sifted(filter, book);
	const passing = tried.length > 0 ? sql`FILTER (WHERE ${joinSql(tried, ' AND ')})` : emptySql;
	let count = 0;
	let cursor: string | null = null;
	do {
		const [page]: Counted[] = await db.$queryRaw<Counted[]>`
			SELECT COUNT(*) ${passing} AS "rows", COUNT(*) AS "looked", MIN("date" || '_' || "id") AS "last"
			FROM (SELECT "date", "id", "search", "review" FROM "Transaction" WHERE ${found} ${cursor ? beyond(cursor) : emptySql}
				ORDER BY "date" DESC, "id" DESC LIMIT ${rowsCounted}) AS "range"`;
		count += Number(page!.rows);
		cursor = Number(page!.looked) < rowsCounted ? null : page!.last;
	} while (cursor);
	return count;
}

type Counted = { rows: bigint; looked: bigint; last: string | null };

type Page = { rows: string; looked: number; last: string | null };

async function readPage(db: Db, range: Sql, tried: Sql[], limit: number): Promise<Page> {
	const passing = tried.length > 0 ? sql`FILTER (WHERE ${joinSql(tried, ' AND ')})` : emptySql;
	const rows =
		dialectOf(db) === 'sqlite'
			? sql`json_group_array(json_array(${values})) ${passing}`
			: sql`COALESCE(CAST(json_agg(json_build_array(${values})) ${passing} AS TEXT), '[]')`;
	const [page] = await db.$queryRaw<{ rows: string; looked: bigint; last: string | null }[]>`
		SELECT ${rows} AS "rows", COUNT(*) AS "looked", MIN("date" || '_' || "id") AS "last"
		FROM (SELECT ${values}, "search", "review" FROM "Transaction" WHERE ${range}
			ORDER BY "date" DESC, "id" DESC LIMIT ${limit}) AS "range"`;
	return { rows: page!.rows, looked: Number(page!.looked), last: page!.last };
}
