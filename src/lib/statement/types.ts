import { z } from 'zod';

/** What a column of a statement means. `type` is the kind of booking ("Direct debit"): the description of last resort. */
export const columnRoles = [
	'date',
	'value_date',
	'amount',
	'debit',
	'credit',
	'direction',
	'description',
	'type',
	'currency',
	'balance',
	'fee',
	'account',
	'reference',
	'category',
	'status',
	'ignore'
] as const;
export type ColumnRole = (typeof columnRoles)[number];

export const dateOrders = ['dmy', 'mdy', 'ymd'] as const;
export type DateOrder = (typeof dateOrders)[number];

/** The mark between whole and fraction. */
export type DecimalMark = '.' | ',';

export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

const line = z.int().min(1).max(1_000_000);
/** Postgres keeps neither NUL nor half of a surrogate pair. */
const name = (max: number, min = 0) =>
	z
		.string()
		.min(min)
		.max(max)
		.refine((value) => value.isWellFormed() && !value.includes('\0'));

/**
 * Everything needed to read a file again the same way. `sign` says what a positive number in the amount column means:
 * `as_is` money in, `inverted` money out (as many cards print it). A `debit` column always is money out: `debits` says
 * whether it prints positive or negative numbers. A `fee` is taken off the amount on top.
 */
export const mappingSchema = z.object({
	encoding: name(40, 1),
	delimiter: z.enum(delimiters),
	/** 1-based line of the header; null when the file has none. */
	headerLine: line.nullable(),
	/** 1-based line of the first row of data. */
	firstLine: line,
	columns: z
		.array(z.object({ name: name(200), role: z.enum(columnRoles) }))
		.min(1)
		.max(100),
	dateOrder: z.enum(dateOrders),
	decimal: z.enum(['.', ',']),
	sign: z.enum(['as_is', 'inverted']),
	debits: z.enum(['positive', 'negative']),
	/** For rows that name no currency of their own. */
	currency: z
		.string()
		.regex(/^[A-Z]{3}$/)
		.nullable()
});
export type Mapping = z.infer<typeof mappingSchema>;
export type MappedColumn = Mapping['columns'][number];

/**
 * What the content of a file leaves open; a person answers by changing the mapping. `accounts` is about what it does not
 * hold: the rows name several accounts, and all would go to one.
 */
export type Question = 'columns' | 'date_order' | 'decimal' | 'sign' | 'currency' | 'accounts';

export type RowReason = {
	code:
		| 'no_date'
		| 'bad_date'
		| 'no_amount'
		| 'bad_amount'
		| 'too_many_decimals'
		| 'two_amounts'
		| 'bad_direction'
		| 'no_currency'
		| 'bad_currency'
		| 'bad_quotes'
		| 'not_booked';
	/** Header of the column at fault. */
	column?: string;
	/** The cell at fault, cut to 80 characters. */
	value?: string;
};

/** One row of data. `line` is the 1-based line in the file where it starts, `raw` its text. */
export type ReadRow = ReadyRow | RejectedRow;
export type ReadyRow = {
	line: number;
	raw: string;
	outcome: 'ok';
	/** YYYY-MM-DD as printed. */
	date: string;
	/** Minor units, outflow negative. */
	amount: number;
	currency: string;
	description: string;
	/** The bank calls it not yet booked. */
	pending: boolean;
	/** Only in our own files. */
	own?: OwnRow;
};
/** `id` of the transaction that was exported, where it is one; `merchant` and `note` as they were, or empty. */
export type OwnRow = { id: string | null; merchant: string; note: string };
export type RejectedRow = { line: number; raw: string; outcome: 'rejected'; reason: RowReason };

export type Detection = {
	mapping: Mapping;
	/** Empty: sure enough to import unasked. */
	questions: Question[];
	/** Stable key of the header (or of the shape, when there is none), to remember a mapping for files of the same kind. */
	headerKey: string;
	/** The first rows as read under the mapping; `row` is null while it is open which columns hold the date and the amount. */
	sample: { line: number; cells: string[]; row: ReadRow | null }[];
	/** The first lines of the file, cut short: to point out another header. */
	head: { line: number; raw: string }[];
	/** Rows of data. Counted by records in files above the sampling limit, so a footer may be among them. */
	rowCount: number;
	firstDate: string | null;
	lastDate: string | null;
	/** Whether the file itself names a currency; else that of the account was assumed. */
	currencyStated: boolean;
	/** The IBAN, number or name of the one account of the file, where it gives one; without spaces. */
	accountHint: string | null;
	/** The accounts that the rows name as their own, as printed, at most 20. */
	accounts: string[];
};

export type StatementErrorCode =
	| 'empty'
	| 'too_large'
	| 'binary'
	| 'not_a_table'
	| 'no_rows'
	| 'too_many_rows'
	| 'too_many_columns'
	| 'field_too_long'
	| 'unclosed_quote'
	| 'bad_encoding'
	| 'bad_mapping';

/** The file as a whole cannot be read. `params` feed the message shown to people. */
export class StatementError extends Error {
	readonly code: StatementErrorCode;
	readonly params: Record<string, string | number>;

	constructor(code: StatementErrorCode, params: Record<string, string | number> = {}) {
		super(`Statement cannot be read: ${code}`);
		this.name = 'StatementError';
		this.code = code;
		this.params = params;
	}
}
