import { decode, decodeAs, tidyText } from './charset.ts';
import { currencyFor } from './file-currency.ts';
import { orderFor } from './file-dates.ts';
import { accountsOf, keyOf } from './identity.ts';
import { dateRange, decimalOf } from './evidence.ts';
import { isCurrency, minorDigits } from '../money.ts';
import { findLayout, isRowLike, layoutUnder } from './layout.ts';
import type { Layout } from './layout.ts';
import { headLineLength, headLines, previewRows } from './limits.ts';
import { isOwnExport, ownMapping } from './own-export.ts';
import { rowReader } from './read.ts';
import { moneyColumns } from './money-columns.ts';
import { dateColumns, has, table } from './table.ts';
import type { Column, Table } from './table.ts';
import { feeOf, signOf } from './sign.ts';
import { textColumns } from './texts.ts';
import type { ColumnRole, DecimalMark, Detection, MappedColumn, Mapping, Question } from './types.ts';
import { looksLike } from './profile.ts';

export type Hints = {
	/** The currency of the account the file is for. */
	defaultCurrency?: string;
	/** A mapping confirmed for a file with the same `headerKey`. Settles what the content leaves open, columns included. */
	remembered?: Mapping;
	/** YYYY-MM-DD: no booking is later, which can settle the order of day and month. */
	today?: string;
};

/**
 * Works out how a file is to be read, from its content alone, and says what the content leaves open.
 * @throws StatementError when it is no table of transactions or breaks a limit
 */
export function detect(source: Uint8Array | string, hints: Hints = {}): Detection {
	const { text, encoding } =
		typeof source === 'string' ? { text: source, encoding: 'utf-8' } : decode(source);
	const layout = findLayout(text);
	const found = understand(layout, hints);
	const { mapping, questions } = settle({ ...found.mapping, encoding }, found.questions, hints.remembered);
	const detection = describe(text, layout, found, mapping, questions);
	const lost = lostRows(layout, mapping, found.currencyStated);
	return lost && !questions.includes(lost) ? { ...detection, questions: [...questions, lost] } : detection;
}

/**
 * How a file reads under what a person has said of it: nothing is second-guessed. Only where they have pointed out another
 * header or delimiter than the columns were named for are the columns found anew, and asked about where that leaves doubt.
 * @throws StatementError when the file cannot be read that way
 */
export function detectUnder(source: Uint8Array | string, mapping: Mapping, hints: Hints = {}): Detection {
	const text = typeof source === 'string' ? tidyText(source) : decodeAs(source, mapping.encoding);
	const layout = layoutUnder(text, mapping);
	const found = understand(layout, hints);
	const named = (columns: MappedColumn[]) => columns.map((c) => c.name).join('\n');
	if (named(found.mapping.columns) !== named(mapping.columns)) {
		const { encoding } = mapping;
		const open = found.questions.filter((question) => question !== 'accounts');
		return describe(text, layout, found, { ...found.mapping, encoding }, open);
	}
	const exact = { ...mapping, firstLine: layout.firstLine };
	return describe(text, layout, found, exact, isReadable(mapping) ? [] : ['columns']);
}

function describe(
	text: string,
	layout: Layout,
	{ table: t, currencyStated }: Understanding,
	mapping: Mapping,
	questions: Question[]
): Detection {
	const lines = text.split('\n', headLines);
	const { hint, names } = accountsOf(layout, t, mapping.columns);
	return {
		mapping,
		questions,
		headerKey: keyOf(layout, t),
		...preview(layout, mapping),
		head: lines.map((raw, index) => ({ line: index + 1, raw: raw.slice(0, headLineLength) })),
		currencyStated,
		accountHint: hint,
		accounts: names
	};
}

type Understanding = {
	table: Table;
	mapping: Omit<Mapping, 'encoding'>;
	questions: Question[];
	currencyStated: boolean;
};

function understand(layout: Layout, hints: Hints): Understanding {
	const titles = layout.header?.cells ?? null;
	if (titles && isOwnExport(titles)) return understandOwn(layout, titles);
	const rows = layout.records.filter((r) => isRowLike(r.cells)).map((r) => r.cells);
	const sampleRows = rows.length > 0 ? rows : layout.records.map((r) => r.cells).filter((c) => c.length > 1);
	let t = table(titles, sampleRows);
	const questions = new Set<Question>();
	let decimal = decimalFor(t, t.columns);
	let money = moneyColumns(t, decimal.value ?? '.');
	let dates = dateColumns(t);
	if (titles && (misplaced(t) || dates.length === 0 || !(money.amount || money.debit || money.credit))) {
		// The titles do not stand over the cells they name: the cells alone must do.
		t = table(null, sampleRows);
		decimal = decimalFor(t, t.columns);
		money = moneyColumns(t, decimal.value ?? '.');
		dates = dateColumns(t);
	}
	const moneyList = [money.amount, money.debit, money.credit].filter((c) => c !== null);
	if (dates.length === 0 || moneyList.length === 0 || !money.sure) questions.add('columns');
	const own = decimalFor(t, moneyList);
	let mark: DecimalMark = own.value ?? decimal.value ?? '.';

	const roles = new Map<number, ColumnRole>();
	if (money.amount) roles.set(money.amount.index, 'amount');
	if (money.debit) roles.set(money.debit.index, 'debit');
	if (money.credit) roles.set(money.credit.index, 'credit');
	if (money.balance) roles.set(money.balance.index, 'balance');
	if (dates[0]) roles.set(dates[0].index, 'date');
	const second = dates
		.slice(1)
		.find((c) => !t.named || has(c, 'date', 'date_booking', 'date_value', 'date_transaction'));
	if (second) roles.set(second.index, 'value_date');

	const currency = currencyFor(t, layout, moneyList, hints.defaultCurrency, roles);
	if (currency.value === null || !currency.sure) questions.add('currency');
	if (own.open && own.value === null && decimal.value === null) {
		// "1,234" of a currency without decimals can only be a thousand.
		const whole = currency.value !== null && minorDigits(currency.value) === 0;
		const mixed = t.rows.some((r) => moneyList.some((c) => /\d\.\d{3}\b/u.test(r[c.index] ?? '')));
		if (whole) mark = mixed ? ',' : '.';
		else questions.add('decimal');
	}
	if (feeOf(t, money, mark, roles) === 'open') questions.add('columns');
	const sign = signOf(t, money, mark, roles);
	if (!sign.sure) questions.add('sign');

	const status = t.columns.find(
		(c) => !roles.has(c.index) && t.named && has(c, 'status') && looksLike.status(c.profile)
	);
	if (status) roles.set(status.index, 'status');
	const texts = textColumns(t, new Set([...roles.keys(), ...ignoredDates(t)]));
	for (const [role, columns] of Object.entries(texts) as [ColumnRole, number[]][])
		for (const i of columns) roles.set(i, role);

	// Only a currency that the file itself names says where the file is from.
	const stated = currencyFor(t, layout, moneyList, undefined, roles).value;
	const order = orderFor(t, layout, dates, own.value ?? decimal.value, stated, hints.today);
	if (!order.sure) questions.add('date_order');
	const columns = t.columns.map((c) => ({
		name: (titles?.[c.index] ?? '').trim().slice(0, 200),
		role: roles.get(c.index) ?? 'ignore'
	}));
	if (accountsOf(layout, t, columns).several) questions.add('accounts');
	return {
		table: t,
		questions: [...questions],
		currencyStated: stated !== null,
		mapping: {
			delimiter: layout.delimiter,
			headerLine: layout.header?.line ?? null,
			firstLine: layout.firstLine,
			columns,
			dateOrder: order.value,
			decimal: mark,
			sign: sign.sign,
			debits: sign.debits,
			currency: currency.value
		}
	};
}

function understandOwn(layout: Layout, titles: string[]): Understanding {
	const t = table(
		titles,
		layout.records.map(({ cells }) => cells)
	);
	const columns = ownMapping();
	const currency = t.rows[0]?.[columns.findIndex(({ role }) => role === 'currency')];
	return {
		table: t,
		questions: accountsOf(layout, t, columns).several ? ['accounts'] : [],
		currencyStated: true,
		mapping: {
			delimiter: layout.delimiter,
			headerLine: layout.header?.line ?? null,
			firstLine: layout.firstLine,
			columns,
			...{ dateOrder: 'ymd', decimal: '.', sign: 'as_is', debits: 'negative' },
			currency: currency && isCurrency(currency) ? currency : null
		}
	};
}

/** Titles of money or dates of which none stands over cells of that kind. */
function misplaced(t: Table): boolean {
	const claims = (fits: (c: Column) => boolean) => t.columns.filter(fits);
	const money = claims(
		(c) => has(c, 'amount', 'debit', 'credit') && !has(c, 'type', 'account', 'currency', 'direction')
	);
	const dates = claims((c) => has(c, 'date', 'date_booking', 'date_transaction') && !has(c, 'amount'));
	const wrong = (list: Column[], like: (c: Column) => boolean) => list.length > 0 && !list.some(like);
	return wrong(money, (c) => looksLike.amount(c.profile)) || wrong(dates, (c) => looksLike.date(c.profile));
}

function ignoredDates(t: Table): number[] {
	return t.columns.filter((c) => looksLike.date(c.profile)).map((c) => c.index);
}

function decimalFor(t: Table, columns: Column[]) {
	return decimalOf(
		(function* () {
			for (const row of t.rows) {
				for (const c of columns) {
					const cell = row[c.index];
					if (cell && looksLike.amount(c.profile)) yield cell;
				}
			}
		})()
	);
}

/** What a person has said for such a file settles what this one leaves open; what this one is sure of stays. */
function settle(
	mapping: Mapping,
	questions: Question[],
	remembered: Mapping | undefined
): { mapping: Mapping; questions: Question[] } {
	if (!remembered || remembered.columns.length !== mapping.columns.length) return { mapping, questions };
	const asked = new Set(questions);
	return {
		mapping: {
			...mapping,
			columns: remembered.columns,
			sign: remembered.sign,
			debits: remembered.debits,
			currency: remembered.currency ?? mapping.currency,
			dateOrder: asked.has('date_order') ? remembered.dateOrder : mapping.dateOrder,
			decimal: asked.has('decimal') ? remembered.decimal : mapping.decimal
		},
		questions: []
	};
}

/** What to ask when so many rows cannot be read that the columns, or the currency assumed for them, must be wrong. */
function lostRows(layout: Layout, mapping: Mapping, currencyStated: boolean): Question | null {
	if (!isReadable(mapping)) return null;
	const rows = layout.records.map(rowReader(mapping)).filter((row) => row !== null);
	const codes = rows.flatMap((row) => (row.outcome === 'rejected' ? [row.reason.code] : []));
	const many = (bad: typeof codes) => bad.length > rows.length * 0.2;
	const fine = codes.filter((code) => code === 'too_many_decimals');
	if (!currencyStated && many(fine)) return 'currency';
	return many([...codes.filter((code) => code.startsWith('bad_')), ...fine]) ? 'columns' : null;
}

/** True when columns for a date and an amount are named. */
function isReadable({ columns }: Mapping): boolean {
	return (
		columns.some((c) => c.role === 'date') && columns.some((c) => /^(?:amount|debit|credit)$/u.test(c.role))
	);
}

function preview(layout: Layout, mapping: Mapping) {
	const sample: Detection['sample'] = [];
	const read = isReadable(mapping) ? rowReader(mapping) : null;
	let skipped = 0;
	const dates: string[] = [];
	for (const { line, cells, ...record } of layout.records) {
		const row = read?.({ line, cells, ...record }) ?? null;
		if (read && row === null) skipped++;
		else if (sample.length < previewRows) sample.push({ line, cells, row });
		if (row?.outcome === 'ok') dates.push(row.date);
	}
	const range = dateRange(dates, 'ymd');
	return {
		sample,
		rowCount: layout.count - skipped,
		firstDate: range.first,
		lastDate: range.last
	};
}
