import { isCategoryGroup } from '#lib/categories.ts';
import type { CategoryBook } from '#lib/category-book.ts';
import { groupName } from '#lib/category-names.ts';
import type { CategoryName, Column } from '#lib/exports/document.ts';
import { asLocale, today, type Locale } from '#lib/i18n.ts';
import { m } from '#lib/paraglide/messages.js';
import { listAccounts } from '../accounts/list.ts';
import { bookOf } from '../categories/book.ts';
import type { Db, Sql } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { merchantNames } from '../reports/merchant-names.ts';
import { indexed, type TransactionFilter } from '../transactions/list.ts';
import { categoryNames } from './categories.ts';
import { column, namesOf } from './column.ts';
import { at, transactionRows } from './transaction-rows.ts';
import { periodText, wordsIn } from './words.ts';
import type { Source } from './write.ts';

/** Whose export it is, and in which language. */
export type Person = { id: string; name: string; email: string; locale: string; timeZone: string };

/**
 * The transactions that a filter finds, newest first, as the page of the same filter shows them. Errors: INVALID
 * (`unknown_category`; `unknown_account`, alike for somebody else's; `to`: `ends_before`).
 */
export async function exportTransactions(db: Db, person: Person, filter: TransactionFilter): Promise<Source> {
	const locale = asLocale(person.locale);
	const [book, accounts] = await Promise.all([bookOf(db, person.id), listAccounts(db, person.id)]);
	// What is wrong with the filter is refused now, not in the middle of a file.
	const found = indexed(person.id, filter, book);
	requireOrder(filter);
	const categories = categoryNames(book, locale);
	const accountNames = Object.fromEntries(accounts.map(({ id, name }) => [id, name]));
	if (filter.accountId && !Object.hasOwn(accountNames, filter.accountId))
		throw new DomainError('INVALID', 'unknown_account');
	const { merchantKey } = filter;
	const merchants = merchantKey
		? await merchantNames(db, person.id, [merchantKey])
		: new Map<string, string>();
	const madeOn = today(person.timeZone);
	const options = { locale };
	return {
		document: {
			...{ locale, madeOn, categories },
			title: m.exports_transactions({}, options),
			author: person.name,
			who: [person.name, person.email],
			period: periodText(await covered(db, filter, found), locale),
			narrowed: narrowedBy(filter, { book, accountNames, merchants, locale }),
			tables: [
				{
					key: 'transactions',
					title: m.exports_transactions({}, options),
					columns: columns(categories, accountNames, locale),
					empty: m.exports_no_transactions({}, options)
				}
			],
			sums: { amount: at.amount, currency: at.currency, category: at.categoryId },
			words: wordsIn(locale, madeOn)
		},
		batches: transactionRows(db, person.id, filter, book)
	};
}

function requireOrder({ from, to }: TransactionFilter): void {
	if (from && to && to < from) throw new DomainError('INVALID', 'invalid', { fields: { to: 'ends_before' } });
}

/** From when to when: an end that the filter leaves open is that of what it finds, a search or guesses aside. */
async function covered(
	db: Db,
	{ from, to }: TransactionFilter,
	found: Sql
): Promise<{ from?: string | undefined; to?: string | undefined }> {
	if (from && to) return { from, to };
	const [ends] = await db.$queryRaw<{ first: string | null; last: string | null }[]>`SELECT
		(SELECT "date" FROM "Transaction" WHERE ${found} ORDER BY "date", "id" LIMIT 1) AS "first",
		(SELECT "date" FROM "Transaction" WHERE ${found} ORDER BY "date" DESC, "id" DESC LIMIT 1) AS "last"`;
	return { from: from ?? ends?.first ?? undefined, to: to ?? ends?.last ?? undefined };
}

function columns(
	categories: Record<string, CategoryName>,
	accounts: Record<string, string>,
	locale: Locale
): Column[] {
	const options = { locale };
	const header = {
		date: m.exports_date({}, options),
		amount: m.exports_amount({}, options),
		currency: m.exports_currency({}, options),
		merchant: m.exports_merchant({}, options),
		description: m.exports_description({}, options),
		category: m.exports_category({}, options),
		group: m.exports_group({}, options),
		account: m.exports_account({}, options),
		note: m.exports_note({}, options)
	};
	const named = namesOf(categories, 'name');
	const grouped = namesOf(categories, 'parent');
	return [
		column('date', header.date, 'date', at.date, { sheet: 12, page: 13 }),
		column('amount', header.amount, 'money', at.amount, { currency: at.currency, sheet: 16, page: 16 }),
		column('currency', header.currency, 'text', at.currency, { sheet: 10 }),
		column('merchant', header.merchant, 'text', at.merchant, { sheet: 28, page: 37 }),
		column('description', header.description, 'text', at.description, { sheet: 48, under: 'merchant' }),
		column('categoryId', 'categoryId', 'text', at.categoryId),
		column('category', header.category, 'text', at.categoryId, { names: named, sheet: 22, page: 19 }),
		column('categoryGroup', header.group, 'text', at.categoryId, { names: grouped, sheet: 22 }),
		column('account', header.account, 'text', at.accountId, { names: accounts, sheet: 20, page: 15 }),
		column('note', header.note, 'text', at.note, { sheet: 32, under: 'merchant' }),
		column('id', 'id', 'text', at.id)
	];
}

type Names = {
	book: CategoryBook;
	accountNames: Record<string, string>;
	/** By key. */
	merchants: ReadonlyMap<string, string>;
	locale: Locale;
};

/** What the filter leaves out beside other times, in words. */
function narrowedBy(filter: TransactionFilter, { book, accountNames, merchants, locale }: Names): string[] {
	const options = { locale };
	const line = (name: string, value: string) => m.exports_narrowed({ name, value }, options);
	const lines: string[] = [];
	if (filter.accountId)
		lines.push(line(m.exports_account({}, options), accountNames[filter.accountId] ?? ''));
	if (filter.categoryId) {
		const names = filter.categoryId
			.split(',')
			.map((key) => (isCategoryGroup(key) ? groupName(key, options) : book.nameOf(key, options)));
		lines.push(line(m.exports_category({}, options), names.join(', ')));
	}
	if (filter.merchantKey) {
		const name = merchants.get(filter.merchantKey) ?? filter.merchantKey;
		lines.push(line(m.exports_merchant({}, options), name));
	}
	if (filter.currency) lines.push(line(m.exports_currency({}, options), filter.currency));
	if (filter.direction)
		lines.push(filter.direction === 'out' ? m.exports_spent({}, options) : m.exports_earned({}, options));
	if (filter.q) lines.push(line(m.exports_search({}, options), filter.q));
	if (filter.review !== undefined)
		lines.push(filter.review ? m.exports_guesses({}, options) : m.exports_no_guesses({}, options));
	if (filter.uploadId) lines.push(m.exports_of_upload({}, options));
	if (filter.recurringId) lines.push(m.exports_of_recurring({}, options));
	return lines;
}
