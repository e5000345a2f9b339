import { setImmediate } from 'node:timers/promises';
import { csvLines, textCell } from '#lib/csv.ts';
import { toDecimal } from '#lib/money.ts';
import { listAccounts } from '../accounts/list.ts';
import type { Db } from '../db/client.ts';
import {
	listTransactions,
	type Reader,
	type TransactionFilter,
	type TransactionView
} from '../transactions/list.ts';

// For programs, so they are the API's own names in every language.
const header = [
	'date',
	'amount',
	'currency',
	'merchant',
	'description',
	'categoryId',
	'category',
	'categoryGroup',
	'account',
	'note',
	'id'
];

/** Long enough that asking costs little beside writing, short enough that nobody else waits for us. */
const pageRows = 2000;

/**
 * The transactions that a filter finds, newest first, as the text of a CSV file that comes piece by piece: never more than one
 * page of them is held. Amounts are decimals with the currency's digits and outflow negative, dates YYYY-MM-DD.
 * Error: INVALID (`unknown_category`), before the first piece.
 */
export async function* transactionsCsv(
	db: Db,
	reader: Reader,
	filter: TransactionFilter
): AsyncGenerator<string, void, undefined> {
	const accounts = new Map((await listAccounts(db, reader.id)).map(({ id, name }) => [id, name]));
	const page = (cursor?: string) => listTransactions(db, reader, { ...filter, limit: pageRows, cursor });
	let { items, nextCursor } = await page();
	yield csvLines([header, ...items.map((item) => cells(item, accounts))]);
	while (nextCursor !== null) {
		await setImmediate(); // SQLite answers without a pause: others get their turn here
		({ items, nextCursor } = await page(nextCursor));
		if (items.length > 0) yield csvLines(items.map((item) => cells(item, accounts)));
	}
}

const cells = (item: TransactionView, accounts: ReadonlyMap<string, string>): string[] => [
	item.date,
	toDecimal(item.amount, item.currency),
	item.currency,
	textCell(item.merchant),
	textCell(item.description),
	textCell(item.categoryId ?? ''),
	textCell(item.category?.name ?? ''),
	textCell(item.category?.parent ?? ''),
	textCell(accounts.get(item.accountId) ?? ''),
	textCell(item.note),
	item.id
];
