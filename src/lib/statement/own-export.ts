/** Our own CSV file of transactions, which says by itself how it is to be read. */
import { plainText } from '../csv.ts';
import type { ColumnRole, MappedColumn, OwnRow } from './types.ts';

// What makes a row the booking that it came from. Its id, merchant and note are read by `ownRow`; categories are worked out anew.
const roles = {
	date: 'date',
	amount: 'amount',
	currency: 'currency',
	merchant: 'ignore',
	description: 'description',
	categoryId: 'ignore',
	category: 'ignore',
	categoryGroup: 'ignore',
	account: 'account',
	note: 'ignore',
	id: 'ignore'
} as const satisfies Record<string, ColumnRole>;

/** The header of such a file. */
export const ownColumns: readonly string[] = Object.keys(roles);

export const isOwnExport = (titles: readonly string[]): boolean =>
	titles.length === ownColumns.length && ownColumns.every((name, at) => titles[at]!.trim() === name);

export const ownMapping = (): MappedColumn[] => Object.entries(roles).map(([name, role]) => ({ name, role }));

const [merchantAt, noteAt, idAt] = (['merchant', 'note', 'id'] as const).map((name) =>
	ownColumns.indexOf(name)
);
/** As long as a person can write one. */
const longestNote = 1000;
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/u;

/** What only our own file says of a row: the transaction it was, and what its person made of it. */
export function ownRow(cells: readonly string[]): OwnRow {
	const id = cells[idAt!] ?? '';
	const text = (at: number) => plainText(cells[at] ?? '').trim();
	return {
		id: uuid.test(id) ? id : null,
		merchant: text(merchantAt!),
		note: text(noteAt!).slice(0, longestNote).toWellFormed()
	};
}
