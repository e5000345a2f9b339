import { plainText } from '../csv.ts';
import { minorDigits } from '../money.ts';
import { exceedsDecimals, printedAmount, readAmount } from './amounts.ts';
import { decodeAs, tidyText } from './charset.ts';
import { currencyOfMark } from './currencies.ts';
import { readDate } from './dates.ts';
import { readHeader } from './headers.ts';
import { maxRows } from './limits.ts';
import { isOwnExport, ownRow } from './own-export.ts';
import { records } from './records.ts';
import type { TextRecord } from './records.ts';
import { StatementError } from './types.ts';
import type { ColumnRole, Mapping, ReadRow, RowReason } from './types.ts';
import { directionOf, isBalanceLine, isSummary, statusOf } from './words.ts';

/**
 * Reads the rows of a statement under a mapping, one at a time, in file order. Lines that are no data (blank lines,
 * footers, totals, a balance carried forward, a header printed again) are passed over; a row of data that cannot be read
 * comes out as `rejected` with the reason.
 * @throws StatementError when the file as a whole cannot be read (see its codes)
 */
export function* readRows(source: Uint8Array | string, mapping: Mapping): Generator<ReadRow> {
	const text = typeof source === 'string' ? tidyText(source) : decodeAs(source, mapping.encoding);
	const read = rowReader(mapping);
	let count = 0;
	for (const record of records(text, mapping.delimiter)) {
		if (record.line < mapping.firstLine) continue;
		const row = read(record);
		if (row === null) continue;
		if (++count > maxRows) throw new StatementError('too_many_rows', { rows: maxRows });
		yield row;
	}
}

type Cells = string[];

/** A function that reads one record under a mapping; null for records that are no data. */
export function rowReader(mapping: Mapping): (record: TextRecord) => ReadRow | null {
	const at = columnsByRole(mapping);
	if (at('date').length === 0 && at('value_date').length === 0)
		throw new StatementError('bad_mapping', { missing: 'date' });
	if (at('amount', 'debit', 'credit').length === 0)
		throw new StatementError('bad_mapping', { missing: 'amount' });
	const dateOf = dateReader(mapping, [...at('date'), ...at('value_date')]);
	const currencyFor = currencyReader(mapping, at('currency')[0], at('amount', 'debit', 'credit'));
	const amountOf = amountReader(mapping, at);
	const told = describer(notesLast(at('description'), mapping), [...at('type'), ...at('category')]);
	const status = at('status')[0];
	const numbers = at('amount', 'debit', 'credit');
	const dates = [...at('date'), ...at('value_date')];
	const header = mapping.columns.map((c) => c.name.trim());
	// In our own files a text that looks like a formula has a sign in front that is not its own.
	const isOwn = isOwnExport(header);
	const describe = isOwn ? (cells: Cells) => plainText(told(cells)) : told;

	return (record) => {
		const { cells, line, raw } = record;
		if (cells.length === 1 && cells[0]!.trim() === '') return null;
		const date = dateOf(cells);
		const currency = currencyFor(cells);
		const amount = typeof currency === 'string' ? amountOf(cells, currency) : currency;
		const description = describe(cells);
		const fail = date === null || typeof amount !== 'number' || typeof currency !== 'string';
		if (fail && isNoData(cells, dates, numbers, header)) return null;
		if (record.broken && (fail || raw.includes('\n'))) return rejected(line, raw, { code: 'bad_quotes' });
		if (isBalanceLine(description) || (description === '' && cells.some(isBalanceLine))) return null;
		if (date === null) return rejected(line, raw, dateReason(cells, dates, header));
		if (typeof amount !== 'number') return rejected(line, raw, amount);
		const state = status === undefined ? null : statusOf(cells[status] ?? '');
		if (state === 'failed') {
			return rejected(line, raw, {
				code: 'not_booked',
				column: header[status!] ?? '',
				value: cut(cells[status!]!)
			});
		}
		return {
			line,
			raw,
			outcome: 'ok',
			date,
			amount,
			currency: currency as string,
			description,
			pending: state === 'pending' || (dates.length > 1 && statusOf(cells[dates[0]!] ?? '') === 'pending'),
			...(isOwn && { own: ownRow(cells) })
		};
	};
}

function rejected(line: number, raw: string, reason: RowReason): ReadRow {
	return { line, raw, outcome: 'rejected', reason };
}

function columnsByRole(mapping: Mapping): (...roles: ColumnRole[]) => number[] {
	return (...roles) =>
		roles.flatMap((role) => mapping.columns.flatMap((c, i) => (c.role === role ? [i] : [])));
}

function cut(value: string): string {
	return value.trim().slice(0, 80);
}

/** The first of the date columns that holds a date; bank rows often come without one of the two. */
function dateReader(mapping: Mapping, columns: number[]): (cells: Cells) => string | null {
	const known = new Map<string, string | null>();
	return (cells) => {
		for (const i of columns) {
			const cell = cells[i];
			if (cell === undefined || cell === '') continue;
			let date = known.get(cell);
			if (date === undefined) {
				date = readDate(cell, mapping.dateOrder);
				// Days repeat: a year of statements holds few hundred different cells.
				if (known.size < 5_000) known.set(cell, date);
			}
			if (date !== null) return date;
			if (cell.trim() !== '' && statusOf(cell) !== 'pending') return null;
		}
		return null;
	};
}

function dateReason(cells: Cells, dates: number[], header: string[]): RowReason {
	const at = dates.find((i) => (cells[i] ?? '').trim() !== '');
	if (at === undefined) return { code: 'no_date', column: header[dates[0]!] ?? '' };
	return { code: 'bad_date', column: header[at] ?? '', value: cut(cells[at]!) };
}

function currencyReader(
	mapping: Mapping,
	column: number | undefined,
	numbers: number[]
): (cells: Cells) => string | RowReason {
	const fixed = mapping.currency;
	const name = column === undefined ? '' : mapping.columns[column]!.name;
	const known = new Map<string, string | null>();
	return (cells) => {
		const cell = column === undefined ? '' : (cells[column] ?? '');
		if (cell === '' || cell.trim() === '')
			return markOf(cells, numbers, fixed) ?? fixed ?? { code: 'no_currency', column: name };
		let code = known.get(cell);
		if (code === undefined) {
			code = currencyOfMark(cell, fixed);
			if (known.size < 1_000) known.set(cell, code);
		}
		return code ?? { code: 'bad_currency', column: name, value: cut(cell) };
	};
}

/** The currency printed with the amount itself ("12,00 €"). */
function markOf(cells: Cells, numbers: number[], fixed: string | null): string | null {
	for (const i of numbers) {
		const cell = cells[i];
		if (!cell || !/[\p{L}\p{Sc}]/u.test(cell)) continue;
		const mark = printedAmount(cell)?.mark ?? '';
		const code = mark === '' ? null : currencyOfMark(mark, fixed);
		if (code) return code;
	}
	return null;
}

type At = (...roles: ColumnRole[]) => number[];

function amountReader(mapping: Mapping, at: At): (cells: Cells, currency: string) => number | RowReason {
	const { decimal } = mapping;
	const name = (i: number) => mapping.columns[i]?.name ?? '';
	const fee = at('fee')[0];
	const one = at('amount')[0];
	const debit = at('debit')[0];
	const credit = at('credit')[0];
	const direction = at('direction')[0];
	const flip = mapping.sign === 'inverted' ? -1 : 1;

	const number = (cells: Cells, i: number | undefined, digits: number): number | null | RowReason => {
		const cell = i === undefined ? '' : (cells[i] ?? '');
		if (cell === '') return null;
		const value = readAmount(cell, decimal, digits);
		if (!Number.isNaN(value)) {
			if (!exceedsDecimals(cell, decimal, digits)) return value;
			return { code: 'too_many_decimals', column: name(i!), value: cut(cell) };
		}
		if (isEmptyMark(cell)) return null;
		return { code: 'bad_amount', column: name(i!), value: cut(cell) };
	};

	const plain = (cells: Cells, digits: number): number | RowReason => {
		const value = number(cells, one, digits);
		if (value === null) return { code: 'no_amount', column: name(one!) };
		if (typeof value !== 'number') return value;
		if (direction === undefined) return flip === 1 || value === 0 ? value : -value;
		const side = directionOf(cells[direction] ?? '');
		if (side === null)
			return { code: 'bad_direction', column: name(direction), value: cut(cells[direction] ?? '') };
		// A neutral word marks money moved between one's own places: it leaves this one.
		return value === 0 ? 0 : side === 1 ? value : -value;
	};

	const split = (cells: Cells, digits: number): number | RowReason => {
		const out = number(cells, debit, digits);
		const into = number(cells, credit, digits);
		if (out !== null && typeof out !== 'number') return out;
		if (into !== null && typeof into !== 'number') return into;
		if (out && into) return { code: 'two_amounts', column: name(debit!), value: cut(cells[debit!]!) };
		if (into) return into;
		if (out) return mapping.debits === 'positive' ? -out : out;
		if (out === null && into === null) return { code: 'no_amount', column: name(debit ?? credit!) };
		return 0;
	};

	return (cells, currency) => {
		const digits = minorDigits(currency);
		const amount = one === undefined ? split(cells, digits) : plain(cells, digits);
		if (fee === undefined || typeof amount !== 'number') return amount;
		const cost = number(cells, fee, digits);
		return cost === null ? amount : typeof cost === 'number' ? amount - Math.abs(cost) : cost;
	};
}

/** What banks print for "nothing": "-", "--", "/", "n/a". */
function isEmptyMark(cell: string): boolean {
	return /^\s*(?:[-–—/*.]+|n\/?a|null|nil|none)?\s*$/iu.test(cell);
}

/** File order, but notes follow what they are about. */
function notesLast(columns: number[], mapping: Mapping): number[] {
	const note = (i: number) => Number(readHeader(mapping.columns[i]!.name).exact.has('memo'));
	return columns.sort((x, y) => note(x) - note(y) || x - y);
}

function describer(main: number[], rest: number[]): (cells: Cells) => string {
	return (cells) => {
		let text = '';
		for (const i of main) {
			const part = tidyCell(cells[i] ?? '');
			if (part !== '') text = text === '' ? part : `${text} ${part}`;
		}
		for (let k = 0; text === '' && k < rest.length; k++) text = tidyCell(cells[rest[k]!] ?? '');
		return text;
	};
}

const nothing = /^\s*(?:[-–—/.*]|[-–—*]{3,}|n\/?a|null|nil|none)\s*$/iu;

function tidyCell(cell: string): string {
	if (cell === '' || nothing.test(cell)) return '';
	const text = /\s\s|[\n\t\u00a0]/u.test(cell) ? cell.replace(/[\s\u00a0]+/gu, ' ') : cell;
	return text.trim();
}

/**
 * True for a record that failed and does not look like a booking at all: without a date and a number where they belong,
 * the header again, or a total.
 */
function isNoData(cells: Cells, dates: number[], numbers: number[], header: string[]): boolean {
	const filled = (i: number) => /\d/u.test(cells[i] ?? '');
	const dated = dates.some(filled);
	const valued = numbers.some(filled);
	if (!dated && !valued) return true;
	if (!dated && cells.some((c) => isSummary(c))) return true;
	return cells.length > 1 && cells.every((c, i) => c.trim() === (header[i] ?? ''));
}
