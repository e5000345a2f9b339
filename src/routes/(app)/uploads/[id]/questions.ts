/** What a file leaves open, asked in plain words with an example out of the file itself. */
import { formatAmount, formatDate } from '#lib/i18n.ts';
import { m } from '#lib/paraglide/messages.js';
import { readAmount } from '#lib/statement/amounts.ts';
import { readDate } from '#lib/statement/dates.ts';
import { minorDigits } from '#lib/money.ts';
import { isOwnExport } from '#lib/statement/own-export.ts';
import type { ColumnRole, DateOrder, Detection, Mapping, Question } from '#lib/statement/types.ts';

export type QuestionView = {
	question: Question;
	text: string;
	/** Empty where the answer is given elsewhere: in the heads of the columns, in the lists of currencies and accounts. */
	answers: { label: string; selected: boolean; mapping: Mapping }[];
};

/** Questions in the order they help each other: where things stand, then what they mean. */
const order: readonly Question[] = ['columns', 'date_order', 'decimal', 'currency', 'sign', 'accounts'];

export const questionViews = (open: readonly Question[], detection: Detection): QuestionView[] =>
	order.filter((question) => open.includes(question)).map((question) => viewOf(question, detection));

function viewOf(question: Question, detection: Detection): QuestionView {
	switch (question) {
		case 'columns':
			return { question, text: m.uploads_ask_columns(), answers: [] };
		case 'currency':
			return { question, text: m.uploads_ask_currency(), answers: [] };
		case 'accounts':
			return {
				question,
				text: askAccounts(detection)({ accounts: detection.accounts.join(', ') }),
				answers: []
			};
		case 'date_order':
			return { question, text: m.uploads_ask_date_order(), answers: dateAnswers(detection) };
		case 'decimal':
			return { question, text: m.uploads_ask_decimal(), answers: decimalAnswers(detection) };
		case 'sign':
			return { question, text: m.uploads_ask_sign(), answers: signAnswers(detection) };
	}
}

const askAccounts = ({ mapping }: Detection) =>
	isOwnExport(mapping.columns.map(({ name }) => name))
		? m.uploads_ask_accounts_exported
		: m.uploads_ask_accounts;

/** The first cell of the sample under one of these roles that passes. */
function exampleCell(
	{ mapping, sample }: Detection,
	roles: readonly ColumnRole[],
	passes: (cell: string) => boolean
) {
	const columns = mapping.columns.flatMap((column, index) => (roles.includes(column.role) ? [index] : []));
	return sample
		.flatMap(({ cells }) => columns.map((index) => cells[index]?.trim() ?? ''))
		.find((cell) => cell !== '' && passes(cell));
}

const amountRoles: readonly ColumnRole[] = ['amount', 'debit', 'credit'];

function dateAnswers(detection: Detection): QuestionView['answers'] {
	const { mapping } = detection;
	const dates = ['date', 'value_date'] as const;
	const differs = (cell: string) => readDate(cell, 'dmy') !== readDate(cell, 'mdy');
	const cell = exampleCell(detection, dates, differs) ?? exampleCell(detection, dates, () => true);
	const answer = (dateOrder: DateOrder, plain: string) => {
		const date = cell && readDate(cell, dateOrder);
		return {
			label: date ? m.uploads_answer_date({ cell, date: formatDate(date, { style: 'long' }) }) : plain,
			selected: mapping.dateOrder === dateOrder,
			mapping: { ...mapping, dateOrder }
		};
	};
	return [
		answer('dmy', m.uploads_dates_dmy()),
		answer('mdy', m.uploads_dates_mdy()),
		...(mapping.dateOrder === 'ymd' ? [answer('ymd', m.uploads_dates_ymd())] : [])
	];
}

function decimalAnswers(detection: Detection): QuestionView['answers'] {
	const { mapping } = detection;
	const currency = mapping.currency ?? 'EUR';
	const read = (cell: string, decimal: Mapping['decimal']) =>
		readAmount(cell, decimal, minorDigits(currency));
	const cell = exampleCell(detection, amountRoles, (cell) => read(cell, ',') !== read(cell, '.'));
	return ([',', '.'] as const).map((decimal) => {
		const amount = cell === undefined ? NaN : read(cell, decimal);
		const plain = decimal === ',' ? m.uploads_decimal_comma() : m.uploads_decimal_point();
		return {
			label: Number.isNaN(amount)
				? plain
				: m.uploads_answer_decimal({ cell: cell!, amount: formatAmount(amount, currency) }),
			selected: mapping.decimal === decimal,
			mapping: { ...mapping, decimal }
		};
	});
}

function signAnswers({ mapping, sample }: Detection): QuestionView['answers'] {
	const at = mapping.columns.findIndex(({ role }) => role === 'amount');
	const { cells, row } = sample.find(({ cells }) => (cells[at] ?? '').trim() !== '') ?? {};
	const cell = cells?.[at]?.trim();
	const what = row?.outcome === 'ok' ? row.description.slice(0, 60) : '';
	const printsMinus = cell !== undefined && /^[-−–(]|[-−)]$/u.test(cell);
	return (['as_is', 'inverted'] as const).map((sign) => {
		const goesOut = (sign === 'as_is') === printsMinus;
		const example = goesOut ? m.uploads_answer_out : m.uploads_answer_in;
		const plain = sign === 'as_is' ? m.uploads_sign_as_is() : m.uploads_sign_inverted();
		return {
			label: cell && what ? example({ amount: cell, what }) : plain,
			selected: mapping.sign === sign,
			mapping: { ...mapping, sign }
		};
	});
}
