import { beforeAll, expect, test } from 'vitest';
import { v7 } from 'uuid';
import { plainText } from '#lib/csv.ts';
import { startTestApp } from '../support/app.ts';
import { csvCells, pdfPages, xlsxParts, xlsxSheets } from '../support/export-readers.ts';
import { askExport, exported } from '../support/exports.ts';
import { makeBudget } from '../support/budgets.ts';
import { makeGroup, type TestGroup } from '../support/group.ts';
import { naughty } from '../support/naughty.ts';
import type { Person } from '../support/person.ts';

const quits = await startTestApp();
const { db } = quits.app;

let ana: Person;
let flat: TestGroup;
beforeAll(async () => {
	ana = await quits.meet('Ana');
	const ben = await quits.meet('Ben');
	flat = await makeGroup(quits.app, [ana, ben]);
	await db.user.update({ where: { id: ana.id }, data: { name: naughty[1]! } });
	await db.member.updateMany({ where: { userId: ben.id }, data: { name: naughty[5]! } });
	await db.group.update({ where: { id: flat.id }, data: { name: naughty[0]! } });
	const budget = await makeBudget(quits.app, ana);
	await db.budget.update({ where: { id: budget.id }, data: { name: naughty[2]! } });
	for (const [at, text] of naughty.entries()) {
		const accountId = v7();
		await db.account.create({ data: { id: accountId, userId: ana.id, name: text, currency: 'EUR' } });
		const categoryId = v7();
		const group = 'food_drink';
		await db.category.create({
			data: { id: categoryId, group, sort: 0, userId: ana.id, name: text, nameKey: String(at) }
		});
		await db.transaction.create({
			data: {
				...{ id: v7(), userId: ana.id, accountId, date: '2026-03-01', amount: -at, currency: 'EUR' },
				...{ description: text, merchant: text, merchantKey: '', search: '', note: text, categoryId },
				...{ fingerprint: String(at), occurrence: 1 }
			}
		});
		const { id } = await ana.api.expenses.create.mutate(flat.expense());
		await db.expense.update({ where: { id }, data: { description: text, notes: text } });
		const sides = { from: flat.member('Ben'), to: flat.member('Ana') };
		const paid = { groupId: flat.id, ...sides, currency: 'EUR', amount: 1, date: '2026-03-02' };
		const settlement = await ana.api.settlements.create.mutate(paid);
		await db.settlement.update({ where: { id: settlement.id }, data: { note: text } });
	}
}, 120_000);

const files = () => ['transactions', 'budgets', `groups/${flat.id}`];
const tables = ['balances', 'debts', 'expenses', 'shares', 'settlements'];

test('no cell of a CSV file begins like a formula, and every text can be had back', async () => {
	const asked: [file: string, query?: Record<string, string>][] = [
		...files().map((file): [string] => [`${file}.csv`]),
		...tables.map((table): [string, Record<string, string>] => [`groups/${flat.id}.csv`, { table }])
	];
	for (const [file, query = {}] of asked) {
		const cells = csvCells(await exported(db, ana, file, { query })).flat();
		const figures = /^-\d+(\.\d+)?$/;
		for (const cell of cells) expect(figures.test(cell) || !/^[=+\-@\t\r]/.test(cell), cell).toBe(true);
	}
	const lines = csvCells(await exported(db, ana, 'transactions.csv')).slice(1);
	for (const place of [3, 4, 6, 8, 9])
		expect(new Set(lines.map((cells) => plainText(cells[place]!)))).toEqual(new Set(naughty));
});

test('no sheet has a formula or a link, and its texts are texts', async () => {
	for (const file of files()) {
		const bytes = await exported(db, ana, `${file}.xlsx`);
		for (const [path, xml] of xlsxParts(bytes)) {
			expect(xml, path).not.toMatch(/<f[ >/]|<hyperlink|TargetMode/);
		}
		await xlsxSheets(bytes);
	}
	const sheets = await xlsxSheets(await exported(db, ana, 'transactions.xlsx'));
	const [header, ...rows] = sheets.get('Transactions')!;
	const notes = new Set(rows.map((row) => row[header!.indexOf('Note')]));
	for (const text of ['=1+1', "''@twice", '</t></is></c><c><f>1+1</f></c>', '日本語の文字', '+49 30 1234'])
		expect(notes).toContain(text);
});

test('a PDF opens, is tagged, and says where it could not show a sign', async () => {
	for (const file of files()) {
		const { pages, info } = await pdfPages(await exported(db, ana, `${file}.pdf`));
		expect(info).toMatchObject({ Creator: 'Quits', PDFFormatVersion: '1.7' });
		const roles = new Set(pages.flatMap(({ roles }) => roles));
		expect([...roles]).toEqual(expect.arrayContaining(['H1', 'Table', 'TR', 'TH', 'TD']));
	}
	const { pages } = await pdfPages(await exported(db, ana, 'transactions.pdf'));
	const text = pages.flatMap(({ texts }) => texts).join('\n');
	for (const shown of ['Καλημέρα κόσμε', 'Добрый день, Привет', 'Ünïcödé Żółć ŁŠ ő', '(paren) \\ ) Tj ET'])
		expect(text).toContain(shown);
	expect(text).toContain('=1+1'); // also for the wide equals sign of Chinese texts
	expect(text).not.toContain('\ufffd1+1');
	expect(text).toContain('������');
	expect(text).toContain('stands for signs that the fonts of this document do not have');
});

test('whatever things are called, names of files are plain', async () => {
	for (const file of files())
		for (const format of ['csv', 'xlsx', 'pdf']) {
			const { name, pieces } = await askExport(db, ana, `${file}.${format}`);
			expect(name).toMatch(/^[a-z]+(_[A-Za-z0-9-]+)*\.(csv|xlsx|pdf)$/);
			await pieces.return();
		}
	const query = { from: '2026-01-01', to: '2026-03-31' };
	const { name } = await askExport(db, ana, 'transactions.xlsx', { query });
	expect(name).toBe('transactions_2026-01-01_2026-03-31.xlsx');
});
