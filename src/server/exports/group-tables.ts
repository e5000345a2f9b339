import type { CategoryName, Column, Table } from '#lib/exports/document.ts';
import type { Locale } from '#lib/i18n.ts';
import { m } from '#lib/paraglide/messages.js';
import { column, namesOf } from './column.ts';

/** Where in a group's document each table stands, and where in their rows each value. */
export const place = { balances: 0, debts: 1, expenses: 2, shares: 3, settlements: 4 } as const;

export const balanceAt = { member: 0, amount: 1, currency: 2 } as const;
export const debtAt = { from: 0, to: 1, amount: 2, currency: 3 } as const;
export const expenseAt = {
	date: 0,
	amount: 1,
	currency: 2,
	description: 3,
	categoryId: 4,
	paidBy: 5,
	settleAmount: 6,
	settleCurrency: 7,
	notes: 8,
	id: 9
} as const;
export const shareAt = {
	date: 0,
	description: 1,
	member: 2,
	amount: 3,
	currency: 4,
	paid: 5,
	expenseId: 6
} as const;
export const settlementAt = {
	date: 0,
	from: 1,
	to: 2,
	amount: 3,
	currency: 4,
	status: 5,
	note: 6,
	id: 7
} as const;

export function groupTables(categories: Record<string, CategoryName>, locale: Locale): Table[] {
	const options = { locale };
	const currency = (at: number) =>
		column('currency', m.exports_currency({}, options), 'text', at, { sheet: 10 });
	const date = (at: number) =>
		column('date', m.exports_date({}, options), 'date', at, { sheet: 12, page: 13 });
	const money = (key: string, header: string, at: number, currency: number): Column =>
		column(key, header, 'money', at, { currency, sheet: 18, page: 20 });
	const text = (key: string, header: string, at: number, width: number, more: Partial<Column> = {}) =>
		column(key, header, 'text', at, { sheet: width, page: width, ...more });
	const amount = m.exports_amount({}, options);
	const description = m.exports_description({}, options);
	const from = m.exports_debtor({}, options);
	const to = m.exports_creditor({}, options);
	const states = {
		marked: m.exports_marked({}, options),
		confirmed: m.exports_confirmed({}, options),
		disputed: m.exports_disputed({}, options)
	};
	return [
		{
			...{ key: 'balances', title: m.exports_balances({}, options), empty: m.exports_all_even({}, options) },
			columns: [
				text('member', m.exports_member({}, options), balanceAt.member, 30),
				money('balance', m.exports_balance({}, options), balanceAt.amount, balanceAt.currency),
				currency(balanceAt.currency)
			]
		},
		{
			...{ key: 'debts', title: m.exports_debts({}, options), empty: m.exports_all_even({}, options) },
			columns: [
				text('from', from, debtAt.from, 30),
				text('to', to, debtAt.to, 30),
				money('amount', amount, debtAt.amount, debtAt.currency),
				currency(debtAt.currency)
			]
		},
		{
			...{
				key: 'expenses',
				title: m.exports_expenses({}, options),
				empty: m.exports_no_expenses({}, options)
			},
			columns: [
				date(expenseAt.date),
				money('amount', amount, expenseAt.amount, expenseAt.currency),
				currency(expenseAt.currency),
				text('description', description, expenseAt.description, 34),
				column('categoryId', 'categoryId', 'text', expenseAt.categoryId),
				text('category', m.exports_category({}, options), expenseAt.categoryId, 20, {
					names: namesOf(categories, 'name')
				}),
				text('paidBy', m.exports_paid_by({}, options), expenseAt.paidBy, 24),
				column('owed', m.exports_owed({}, options), 'money', expenseAt.settleAmount, {
					...{ currency: expenseAt.settleCurrency, sheet: 18 }
				}),
				column('owedIn', m.exports_owed_currency({}, options), 'text', expenseAt.settleCurrency, {
					sheet: 10
				}),
				column('notes', m.exports_note({}, options), 'text', expenseAt.notes, {
					...{ sheet: 32, under: 'description' }
				}),
				column('id', 'id', 'text', expenseAt.id)
			]
		},
		{
			...{ key: 'shares', title: m.exports_shares({}, options), empty: m.exports_no_expenses({}, options) },
			columns: [
				date(shareAt.date),
				text('description', description, shareAt.description, 34),
				text('member', m.exports_member({}, options), shareAt.member, 24),
				money('share', m.exports_share({}, options), shareAt.amount, shareAt.currency),
				currency(shareAt.currency),
				text('settled', m.exports_paid({}, options), shareAt.paid, 12, {
					names: { yes: m.exports_yes({}, options), no: m.exports_no({}, options) }
				}),
				column('expenseId', 'expenseId', 'text', shareAt.expenseId)
			]
		},
		{
			key: 'settlements',
			title: m.exports_settlements({}, options),
			empty: m.exports_no_settlements({}, options),
			columns: [
				date(settlementAt.date),
				text('from', from, settlementAt.from, 24),
				text('to', to, settlementAt.to, 24),
				money('amount', amount, settlementAt.amount, settlementAt.currency),
				currency(settlementAt.currency),
				text('state', m.exports_state({}, options), settlementAt.status, 22, { names: states }),
				column('note', m.exports_note({}, options), 'text', settlementAt.note, {
					...{ sheet: 32, under: 'from' }
				}),
				column('id', 'id', 'text', settlementAt.id)
			]
		}
	];
}
