import { z } from 'zod';
import { categories, categoryGroups, groupOf } from '#lib/categories.ts';
import { categoryName, groupName } from '#lib/category-names.ts';
import { asLocale, type Locale } from '#lib/i18n.ts';
import { civilDate, id } from '#lib/schemas.ts';
import { searchText } from '#lib/search.ts';
import { joinSql, sql, type CategorySource, type Db } from '../db/client.ts';
import { DomainError } from '../errors.ts';

/** Who the answer is for: the owner of the rows, and the language of the words in them. */
export type Reader = { id: string; locale: string };

export const transactionFilter = z.object({
	q: z.string().max(200).optional(),
	from: civilDate.optional(),
	to: civilDate.optional(),
	/** A category's key, or a group's for all of its categories. */
	categoryId: z.string().max(60).optional(),
	accountId: id.optional(),
	uploadId: id.optional(),
	recurringId: id.optional(),
	/** Only those whose category is a guess to look at (or, false, only the others). */
	review: z.boolean().optional()
});

export const transactionsQuery = transactionFilter.extend({
	cursor: z.string().max(100).optional(),
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

/** A transaction as the API shows it: amounts are integers in minor units, outflow negative. */
export const transactionView = (row: Row, locale: Locale) => ({
	...row,
	amount: Number(row.amount),
	review: Boolean(row.review),
	category: categoryView(row.categoryId, locale)
});

function categoryView(key: string | null, locale: Locale): { name: string; parent: string } | null {
	const group = key ? groupOf(key) : undefined;
	return key && group ? { name: categoryName(key, { locale }), parent: groupName(group, { locale }) } : null;
}

export type TransactionView = ReturnType<typeof transactionView>;

/** The conditions of a filter, always bound to whose transactions they are. */
export function whereSql(userId: string, filter: TransactionFilter) {
	const conditions = [sql`"userId" = ${userId}`];
	if (filter.from) conditions.push(sql`"date" >= ${filter.from}`);
	if (filter.to) conditions.push(sql`"date" <= ${filter.to}`);
	if (filter.accountId) conditions.push(sql`"accountId" = ${filter.accountId}`);
	if (filter.uploadId) conditions.push(sql`"uploadId" = ${filter.uploadId}`);
	if (filter.recurringId) conditions.push(sql`"recurringId" = ${filter.recurringId}`);
	if (filter.review !== undefined) conditions.push(sql`"review" = ${filter.review}`);
	if (filter.categoryId) conditions.push(sql`"categoryId" IN (${joinSql(categoryIds(filter.categoryId))})`);
	for (const word of searchText(filter.q ?? '')
		.split(' ')
		.filter(Boolean)) {
		conditions.push(sql`"search" LIKE ${`%${word}%`}`);
	}
	return joinSql(conditions, ' AND ');
}

function categoryIds(key: string): string[] {
	const isGroup = (categoryGroups as readonly string[]).includes(key);
	return isGroup ? categories.filter((c) => c.group === key).map((c) => c.key) : [key];
}

/**
 * One page of a person's transactions, newest first. Pages go by the last row seen, not by counting, so a deep page costs what
 * the first does. Error: INVALID (a cursor that is none of ours).
 */
export async function listTransactions(
	db: Db,
	{ id: userId, locale }: Reader,
	{ cursor, limit, ...filter }: z.output<typeof transactionsQuery>
): Promise<{ items: TransactionView[]; nextCursor: string | null }> {
	const after = cursor
		? sql`AND ("date", "id") < (${cursorParts(cursor)[0]}, ${cursorParts(cursor)[1]})`
		: sql``;
	const rows = await db.$queryRaw<Row[]>`
		SELECT ${columns} FROM "Transaction"
		WHERE ${whereSql(userId, filter)} ${after}
		ORDER BY "date" DESC, "id" DESC LIMIT ${limit + 1}`;
	const items = rows.slice(0, limit).map((row) => transactionView(row, asLocale(locale)));
	const last = items.at(-1);
	return { items, nextCursor: rows.length > limit && last ? `${last.date}_${last.id}` : null };
}

function cursorParts(cursor: string): [date: string, id: string] {
	const [date, id] = cursor.split('_');
	if (!date || !id) throw new DomainError('INVALID', 'bad_cursor');
	return [date, id];
}
