/** Cells of an exported table, as the values they stand for. */
import Papa from 'papaparse';
import { groupDate } from '../expense.ts';
import { maxExpense } from '../split.ts';
import { isCurrency, toMinor } from '#lib/money.ts';
import { UnreadableRow } from './plan.ts';

/** The records of a CSV text, which may begin with a byte order mark. Cells have no blanks around them. */
export function records(text: string): string[][] {
	const { data } = Papa.parse<string[]>(text.replace(/^\ufeff/, ''), { delimiter: ',' });
	return data.map((cells) => cells.map((cell) => cell.trim()));
}

export const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell === '');

/** Names of columns, each of them once. A nameless column is nobody. */
export function memberNames(columns: readonly string[]): string[] {
	const names: string[] = [];
	for (const column of columns) {
		const name = column.slice(0, 80);
		let unlike = name;
		for (let n = 2; name !== '' && names.includes(unlike); n++) unlike = `${name} (${n})`;
		names.push(unlike);
	}
	return names;
}

export function dateIn(cell: string, line: number): string {
	const read = groupDate.safeParse(cell.slice(0, 10));
	if (!read.success) throw new UnreadableRow({ code: 'import_bad_date', line });
	return read.data;
}

export function currencyIn(cell: string, fallback: string, line: number): string {
	const currency = cell === '' ? fallback : cell.toUpperCase();
	if (!isCurrency(currency)) throw new UnreadableRow({ code: 'import_bad_currency', line });
	return currency;
}

/** An empty cell is zero. */
export function amountIn(cell: string, currency: string, line: number): number {
	const amount = cell === '' ? 0 : toMinor(cell, currency);
	if (amount === null || Math.abs(amount) > maxExpense) {
		throw new UnreadableRow({ code: 'import_bad_amount', line });
	}
	return amount === 0 ? 0 : amount; // no minus zero
}

/** What is written about a row; never nothing. */
export const textIn = (cell: string, otherwise: string): string =>
	(cell || otherwise || '…').replaceAll('\u0000', '').toWellFormed().slice(0, 200).trim();
