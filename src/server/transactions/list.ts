import { z } from 'zod';
import { flowOf } from '#lib/budgets/spending.ts';
import { isCategoryGroup } from '#lib/categories.ts';
import type { CategoryBook } from '#lib/category-book.ts';
import { groupName } from '#lib/category-names.ts';
import { asLocale, type Locale } from '#lib/i18n.ts';
import { directions, type Direction } from '#lib/reports/sums.ts';
import { civilDate, currency, id, text } from '#lib/schemas.ts';
import { searchText } from '#lib/search.ts';
import { bookOf, unknownCategory } from '../categories/book.ts';
import { emptySql, joinSql, sql, type CategorySource, type Db, type Sql } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { splitsOf, type SplitWith } from './splits.ts';

/** In the place of a category: those that have none. */
const noCategory = 'none';

/** How many rows a search looks at for one page: some ten milliseconds. */
export const rowsSifted = 10_000;

/** Who the answer is for: the owner of the rows, and the language of the words in them. */
export type Reader = { id: string; locale: string };

export const transactionFilter = z.object({
	q: text(200).optional(),
	from: civilDate.optional(),
	to: civilDate.optional(),
	/** Ids of categories, with commas between them; a group's key stands for all of its categories, `none` for no category. */
	categoryId: text(12_000).optional(),
	/** What all spellings of a merchant have in common, as reports.spending names it. */
	merchantKey: text(200).optional(),
	accountId: id.optional(),
	uploadId: id.optional(),
	recurringId: id.optional(),
	currency: currency.optional(),
	/** Only what reports count as spent (`out`, with what came back of it) or as earned (`in`). */
	direction: z.enum(directions).optional(),
	/** Only those whose category is a guess to look at (or, false, only the others). */
	review: z.boolean().optional()
});

export const transactionsQuery = transactionFilter.extend({
	cursor: text(100).optional(),
	limit: z.number().int().min(1).max(200).default(50)
});

export type TransactionFilter = z.output<typeof transactionFilter>;

type Row = {
	id: string;
	date: string;
	amount: bigint;
	currency: string;
	description: string;
	merchant: string;
	accountId: string;
	uploadId: string | null;
	categoryId: string | null;
	source: CategorySource;
	confidence: number;
	review: boolean | bigint | number;
	recurringId: string | null;
	note: string;
};

const columns = sql`"id", "date", "amount", "currency", "description", "merchant", "accountId", "uploadId", "categoryId",
	"source", "confidence", "review", "recurringId", "note"`;

/** The words of an answer: their language, and the categories of whose transactions they are. */
export type Words = { locale: Locale; book: CategoryBook };

export const wordsFor = async (db: Db, { id, locale }: Reader): Promise<Words> => ({
	locale: asLocale(locale),
	book: await bookOf(db, id)
});

/** A transaction as the API shows it: amounts are integers in minor units, outflow negative. */
export const transactionView = (row: Row, words: Words, split: SplitWith | undefined) => ({
	...row,
	amount: Number(row.amount),
	review: Boolean(row.review),
	category: categoryView(row.categoryId, words),
	/** The expense that it was split with a group as. */
	split: split ?? null
});

function categoryView(id: string | null, { locale, book }: Words): { name: string; parent: string } | null {
	const group = book.groupOf(id ?? '');
	return group ? { name: book.nameOf(id, { locale }), parent: groupName(group, { locale }) } : null;
}

export type TransactionView = ReturnType<typeof transactionView>;

/** Conditions that an index answers in the order of the list; always bound to whose transactions they are. */
export function indexed(userId: string, filter: TransactionFilter, book: CategoryBook): Sql {
	const conditions = [sql`"userId" = ${userId}`];
	if (filter.from) conditions.push(sql`"date" >= ${filter.from}`);
	if (filter.to) conditions.push(sql`"date" <= ${filter.to}`);
	if (filter.accountId) conditions.push(sql`"accountId" = ${filter.accountId}`);
	if (filter.uploadId) conditions.push(sql`"uploadId" = ${filter.uploadId}`);
	if (filter.recurringId) {
		conditions.push(
			sql`"id" IN (SELECT "id" FROM "Transaction" WHERE "recurringId" = ${filter.recurringId})`
		);
	}
	if (filter.merchantKey) conditions.push(sql`"merchantKey" = ${filter.merchantKey}`);
	if (filter.categoryId) conditions.push(inCategories(namedCategories(filter.categoryId, book)));
	return joinSql(conditions, ' AND ');
}

/** Conditions that have to be tried on row after row; empty when there are none. */
export function sifted({ review, q, currency, direction }: TransactionFilter, book: CategoryBook): Sql[] {
	const words = searchText(q ?? '')
		.split(' ')
		.filter(Boolean);
	return [
		...(review === undefined ? [] : [sql`"review" = ${review}`]),
		...(currency === undefined ? [] : [sql`"currency" = ${currency}`]),
		...(direction === undefined ? [] : [flowing(direction, book)]),
		...words.map((word) => sql`"search" LIKE ${`%${word}%`}`)
	];
}

/** What a transaction counts as depends on its category and on whether money came or went: {@link flowOf}. */
function flowing(direction: Direction, book: CategoryBook): Sql {
	const ids = [null, ...book.all().map(({ id }) => id)];
	const counting = (amount: bigint) =>
		ids.filter((categoryId) => {
			const group = categoryId === null ? null : (book.groupOf(categoryId) ?? null);
			return flowOf({ categoryId, group, amount }) === direction;
		});
	const signs = [
		{ amount: -1n, is: sql`"amount" < 0` },
		{ amount: 0n, is: sql`"amount" = 0` },
		{ amount: 1n, is: sql`"amount" > 0` }
	];
	const conditions = signs.flatMap(({ amount, is }) => {
		const those = counting(amount);
		return those.length > 0 ? [sql`(${is} AND ${inCategories(those)})`] : [];
	});
	return sql`(${joinSql(conditions, ' OR ')})`;
}

function inCategories(categories: readonly (string | null)[]): Sql {
	const ids = categories.filter((id) => id !== null);
	if (ids.length === 0) return sql`"categoryId" IS NULL`;
	const named = sql`"categoryId" IN (${joinSql(ids)})`;
	return ids.length < categories.length ? sql`(${named} OR "categoryId" IS NULL)` : named;
}

/** The categories that a filter names; null: those without one. Error: INVALID (`unknown_category`). */
export const namedCategories = (keys: string, book: CategoryBook): (string | null)[] => [
	...new Set(keys.split(',').flatMap((key) => categoriesNamed(key, book)))
];

function categoriesNamed(key: string, book: CategoryBook): (string | null)[] {
	if (key === noCategory) return [null];
	if (isCategoryGroup(key)) return book.idsOf(key);
	if (!book.groupOf(key)) throw unknownCategory(key);
	return [key];
}

/**
 * One page of a person's transactions, newest first. Pages go by the last row seen, not by counting, so a deep page costs what
 * the first does. A search looks through {@link rowsSifted} rows at a time, so that a word that is nowhere costs no more either:
 * a page may be short, or empty, and still name a `nextCursor` to go on from. Errors: INVALID (`bad_cursor`, `unknown_category`).
 */
export async function listTransactions(
	db: Db,
	reader: Reader,
	{ cursor, limit, ...filter }: z.output<typeof transactionsQuery>
): Promise<{ items: TransactionView[]; nextCursor: string | null }> {
	const { id: userId } = reader;
	const words = await wordsFor(db, reader);
	const tried = sifted(filter, words.book);
	const range = sql`${indexed(userId, filter, words.book)} ${cursor ? beyond(cursor) : emptySql}`;
	const rows = await (tried.length === 0 ? newest(db, range, limit + 1) : sift(db, range, tried, limit + 1));
	const shown = rows.slice(0, limit);
	const splits = await splitsOf(
		db,
		userId,
		shown.map(({ id }) => id)
	);
	const items = shown.map((row) => transactionView(row, words, splits.get(row.id)));
	const more = rows.length > limit ? rows[limit - 1] : undefined;
	const last = more ?? (tried.length > 0 ? await lastSifted(db, range) : undefined);
	return { items, nextCursor: last ? `${last.date}_${last.id}` : null };
}

const newest = (db: Db, range: Sql, limit: number): Promise<Row[]> => db.$queryRaw<Row[]>`
	SELECT ${columns} FROM "Transaction" WHERE ${range} ORDER BY "date" DESC, "id" DESC LIMIT ${limit}`;

/** Of the next rows of the range those that pass; both databases stop reading once they have enough. */
const sift = (db: Db, range: Sql, tried: Sql[], limit: number): Promise<Row[]> => db.$queryRaw<Row[]>`
	SELECT ${columns} FROM (
		SELECT * FROM "Transaction" WHERE ${range} ORDER BY "date" DESC, "id" DESC LIMIT ${rowsSifted}
	) AS "range" WHERE ${joinSql(tried, ' AND ')} ORDER BY "date" DESC, "id" DESC LIMIT ${limit}`;

/** The last row that `sift` looked at, when there are more behind it. */
async function lastSifted(db: Db, range: Sql): Promise<{ date: string; id: string } | undefined> {
	const [last, next] = await db.$queryRaw<{ date: string; id: string }[]>`
		SELECT "date", "id" FROM "Transaction" WHERE ${range}
		ORDER BY "date" DESC, "id" DESC LIMIT 2 OFFSET ${rowsSifted - 1}`;
	return next ? last : undefined;
}

/** What comes after a row, in the order of the list. Error: INVALID (`bad_cursor`). */
export function beyond(cursor: string): Sql {
	const [date, id] = cursorParts(cursor);
	return sql`AND ("date", "id") < (${date}, ${id})`;
}

function cursorParts(cursor: string): [date: string, id: string] {
	const [date, id] = cursor.split('_');
	if (!date || !id) throw new DomainError('INVALID', 'bad_cursor');
	return [date, id];
}
