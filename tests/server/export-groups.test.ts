import { beforeAll, expect, test } from 'vitest';
import { formatAmount, formatDate } from '#lib/i18n.ts';
import { toDecimal } from '#lib/money.ts';
import { startTestApp } from '../support/app.ts';
import { book, makeBudget } from '../support/budgets.ts';
import { csvLines, pdfPages, xlsxSheets } from '../support/export-readers.ts';
import { askExport, exported } from '../support/exports.ts';
import { makeGroup, type TestGroup } from '../support/group.ts';
import type { Person } from '../support/person.ts';

const quits = await startTestApp();
const { app } = quits;
const { db } = app;

let ana: Person;
let ben: Person;
let flat: TestGroup;
beforeAll(async () => {
	ana = await quits.meet('Ana');
	ben = await quits.meet('Ben');
	flat = await makeGroup(app, [ana, ben], { guests: ['Cleo'] });
	const yen = { currency: 'JPY', amount: 1000, payers: [{ memberId: flat.member('Ben'), amount: 1000 }] };
	await ana.api.expenses.create.mutate(flat.expense());
	await ana.api.expenses.create.mutate(flat.expense({ description: 'Ramen', ...yen }));
	const two = [
		{ memberId: flat.member('Ana'), amount: 700 },
		{ memberId: flat.member('Cleo'), amount: 300 }
	];
	await ana.api.expenses.create.mutate(flat.expense({ description: 'Market', amount: 1000, payers: two }));
	await ana.api.settlements.create.mutate({
		...{ groupId: flat.id, from: flat.member('Cleo'), to: flat.member('Ana') },
		...{ currency: 'EUR', amount: 250, date: '2026-05-02', note: 'cash' }
	});
});

const csvOf = async (person: Person, table: string) =>
	csvLines(await exported(db, person, `groups/${flat.id}.csv`, { query: { table } }));

test('a group’s file says how everybody stands, as its page does', async () => {
	const { members, debts } = await ana.api.groups.balances.query({ groupId: flat.id });
	const told = (await csvOf(ben, 'balances')).map(({ member, balance, currency }) => [
		member,
		balance,
		currency
	]);
	expect(told).toEqual(
		members.flatMap(({ name, balances }) =>
			balances.map(({ amount, currency }) => [name, toDecimal(amount, currency), currency])
		)
	);
	expect(told.length).toBeGreaterThan(3);
	expect(await csvOf(ben, 'debts')).toHaveLength(debts.length);
});

test('expenses name who paid what, and their shares come to them', async () => {
	const { items } = await ana.api.expenses.list.query({ groupId: flat.id });
	const expenses = await csvOf(ana, 'expenses');
	expect(expenses.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
	expect(expenses.find(({ description }) => description === 'Market')).toMatchObject({
		...{ amount: '10.00', currency: 'EUR', paidBy: 'Ana €7.00, Cleo €3.00' }
	});
	expect(expenses.find(({ description }) => description === 'Ramen')).toMatchObject({
		...{ amount: '1000', currency: 'JPY', paidBy: 'Ben' }
	});
	const shares = await csvOf(ana, 'shares');
	for (const { id, shares: parts, settleCurrency } of items)
		expect(shares.filter(({ expenseId }) => expenseId === id).map(({ share }) => share)).toEqual(
			parts.map(({ amount }) => toDecimal(amount, settleCurrency))
		);
	expect(await csvOf(ana, 'settlements')).toMatchObject([
		{ from: 'Cleo', to: 'Ana', amount: '2.50', currency: 'EUR', note: 'cash' }
	]);
});

test('Excel has a sheet for each table, and a PDF a heading', async () => {
	const titles = ['Balances', 'Payments that make it even', 'Expenses', 'Shares', 'Payments made'];
	const sheets = await xlsxSheets(await exported(db, ana, `groups/${flat.id}.xlsx`));
	expect([...sheets.keys()]).toEqual(titles);
	const amounts = sheets.get('Expenses')!.map((row) => row[1]);
	expect(amounts).toEqual(expect.arrayContaining([30, 1000, 10]));
	const { info, pages } = await pdfPages(await exported(db, ana, `groups/${flat.id}.pdf`));
	expect(info).toMatchObject({ Title: 'Group The flat', Author: 'Ana', Language: 'en' });
	expect(pages.flatMap(({ texts }) => texts)).toEqual(expect.arrayContaining(titles));
});

test('a group’s PDF begins with what was spent together, by the figures of its statistics', async () => {
	const { currencies } = await ana.api.reports.group.query({ groupId: flat.id });
	const { pages } = await pdfPages(await exported(db, ana, `groups/${flat.id}.pdf`));
	const [{ texts, roles }] = pages as [(typeof pages)[number]];
	expect(texts).toEqual(expect.arrayContaining(['Summary', 'Spent together', 'Spent by area, EUR']));
	const { items } = await ana.api.expenses.list.query({ groupId: flat.id });
	const dates = ['2026-05-02', ...items.map(({ date }) => date)].sort();
	const [from, to] = [dates[0]!, dates.at(-1)!].map((date) => formatDate(date, { locale: 'en' }));
	expect(texts.join(' ')).toContain(`${from} to ${to}`);
	expect(currencies.map(({ currency, amount, count }) => [currency, amount, count])).toEqual([
		['EUR', 4000, 2],
		['JPY', 1000, 1]
	]);
	for (const { currency, amount } of currencies) {
		const said = formatAmount(amount, currency, { locale: 'en' });
		// In the table, and beside the one bar of the chart; what is one expense alone stands there again.
		expect(texts.filter((text) => text === said).length).toBeGreaterThanOrEqual(2);
	}
	expect(roles.filter((role) => role === 'Figure')).toHaveLength(2);
});

test('an outsider learns nothing, and whoever is taken out reads no further', async () => {
	const zoe = await quits.meet('Zoe');
	const missing = { code: 'NOT_FOUND', reason: 'not_found' };
	await expect(askExport(db, zoe, `groups/${flat.id}.pdf`)).rejects.toMatchObject(missing);
	await expect(askExport(db, ana, 'groups/no-such-group.csv')).rejects.toMatchObject(missing);
	await expect(askExport(db, ana, `groups/${flat.id}.txt`)).rejects.toMatchObject(missing);
	await expect(askExport(db, ana, 'users.csv')).rejects.toMatchObject(missing);
	await expect(askExport(db, ana, `groups/${flat.id}.csv`, { query: { table: 'x' } })).rejects.toMatchObject(
		missing
	);
	const { pieces } = await askExport(db, ben, `groups/${flat.id}.csv`);
	await db.member.updateMany({ where: { userId: ben.id }, data: { removedAt: new Date() } });
	await expect(Array.fromAsync(pieces)).rejects.toMatchObject(missing);
	await db.member.updateMany({ where: { userId: ben.id }, data: { removedAt: null } });
});

test('budgets stand in a file as they did at the end of the month, those that began later left out', async () => {
	const dora = await quits.meet('Dora');
	await book(app, dora, [
		{ date: '2026-05-03', amount: -4000 },
		{ date: '2026-05-20', amount: 500 },
		{ date: '2026-06-02', amount: -9900 }
	]);
	await makeBudget(app, dora, { amount: 10_000 }, new Date('2026-05-01T12:00:00Z'));
	const inMonth = async (month: string) =>
		csvLines(await exported(db, dora, 'budgets.csv', { query: { month } }));
	expect(await inMonth('2026-05')).toMatchObject([
		{ begin: '2026-05-01', end: '2026-05-31', amount: '100.00', spent: '35.00', left: '65.00', percent: '35' }
	]);
	expect(await inMonth('2026-06')).toMatchObject([{ spent: '99.00', percent: '99' }]);
	expect(await inMonth('2026-04')).toEqual([]);
	const sheets = await xlsxSheets(await exported(db, dora, 'budgets.xlsx', { query: { month: '2026-05' } }));
	expect(sheets.get('Budgets')![1]).toEqual(expect.arrayContaining([100, 35, 65, 0.35]));
	const { pages } = await pdfPages(await exported(db, dora, 'budgets.pdf', { query: { month: '2026-05' } }));
	const { texts, roles } = pages[0]!;
	expect(texts).toEqual(
		expect.arrayContaining(['Summary', 'Spent of each budget, EUR', '€35.00 of €100.00'])
	);
	expect(roles).toContain('Figure');
	for (const locale of ['en', 'de']) {
		const bytes = await exported(db, dora, 'budgets.pdf', { query: { month: '2026-05' }, locale });
		const said = (await pdfPages(bytes)).pages.flatMap(({ texts }) => texts);
		expect(said.filter((text) => text.includes('…'))).toEqual([]);
	}
	await expect(inMonth('2026-13')).rejects.toMatchObject({
		code: 'INVALID',
		fields: { month: expect.any(String) }
	});
});
