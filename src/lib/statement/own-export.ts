/** Our own CSV file of transactions, which says by itself how it is to be read. */
import type { ColumnRole, MappedColumn } from './types.ts';

// The merchant, category and note are worked out anew, or a row would not be the booking that it came from.
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
