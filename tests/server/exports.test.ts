import Papa from 'papaparse';
import { beforeAll, expect, test } from 'vitest';
import { merchantKey } from '#lib/merchant.ts';
import { exportTransactions } from '#server/exports/transactions.ts';
import type { TransactionFilter } from '#server/transactions/list.ts';
import { startTestApp } from '../support/app.ts';
import { pdfPages } from '../support/export-readers.ts';
import { askExport, exported } from '../support/exports.ts';
import { importStatement, openAccount, transactionsOf, type Person } from '../support/person.ts';
import { bookings, statement } from '../support/statement.ts';

const quits = await startTestApp();

let ana: Person;
let savings: string;
beforeAll(async () => {
	ana = await quits.meet('Ana', { locale: 'de' });
	await importStatement(ana, statement(bookings(4500, { perDay: 3 })));
	savings = (await openAccount(ana, '=Savings')).id;
	const odd = [
		{ date: '2030-03-01', text: '=HYPERLINK("https://evil.example")', amount: -420 },
		{ date: '2030-03-02', text: 'Café "Olé"; 50%', amount: 123_456_789 },
		{ date: '2030-03-03', text: 'Straße 9', amount: -5 }
	].map(({ date, text, amount }) => `${date},"${text.replaceAll('"', '""')}",${(amount / 100).toFixed(2)}`);
	await importStatement(ana, statement(odd), { accountId: savings });
	const [grocer] = await transactionsOf(ana, { q: 'green grocer' });
	await ana.api.transactions.setCategory.mutate({
		id: grocer!.id,
		categoryId: 'groceries',
		applyToSimilar: true
	});
});

const personOf = ({ id }: Person) => quits.app.db.user.findUniqueOrThrow({ where: { id } });

const noAccount = { code: 'INVALID', reason: 'unknown_account' };

type Line = Record<string, string>;

async function piecesOf(person: Person, query: TransactionFilter = {}, locale = 'en'): Promise<string[]> {
	const { pieces } = await askExport(quits.app.db, person, 'transactions.csv', { query, locale });
	return (await Array.fromAsync(pieces)).map((piece) => Buffer.from(piece).toString());
}
const linesOf = async (person: Person, filter?: TransactionFilter, locale?: string): Promise<Line[]> => {
	const text = (await piecesOf(person, filter, locale)).join('');
	return Papa.parse<Line>(text, { header: true, skipEmptyLines: true }).data;
};

test('every transaction is one line, in the order of the list, and no more than a page of them is held', async () => {
	const pieces = await piecesOf(ana);
	expect(pieces.length).toBe(3);
	const lines = await linesOf(ana);
	const all = await transactionsOf(ana);
	expect(lines).toHaveLength(4503);
	expect(lines.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
});

test('amounts are plain decimals, dates ISO, and text is never a formula', async () => {
	const lines = await linesOf(ana, { accountId: savings });
	expect(lines.map(({ date, amount, currency, account }) => ({ date, amount, currency, account }))).toEqual([
		{ date: '2030-03-03', amount: '-0.05', currency: 'EUR', account: "'=Savings" },
		{ date: '2030-03-02', amount: '1234567.89', currency: 'EUR', account: "'=Savings" },
		{ date: '2030-03-01', amount: '-4.20', currency: 'EUR', account: "'=Savings" }
	]);
	expect(lines.map(({ description }) => description)).toEqual([
		'Straße 9',
		'Café "Olé"; 50%',
		'\'=HYPERLINK("https://evil.example")'
	]);
	const raw = (await piecesOf(ana, { accountId: savings })).join('');
	expect(raw.split('\r\n')[0]).toBe(
		'date,amount,currency,merchant,description,categoryId,category,categoryGroup,account,note,id'
	);
	expect(raw).not.toMatch(/(^|,|\r\n)"?[=+@]/);
});

test('a filter finds what the page of the same filter shows', async () => {
	const filters: TransactionFilter[] = [
		{ from: '2021-01-01', to: '2021-03-31' },
		{ q: 'bakery' },
		{ q: 'night', from: '2022-01-01' },
		{ categoryId: 'groceries' },
		{ review: true },
		{ q: 'nothing of the kind' }
	];
	for (const filter of filters) {
		const [lines, shown] = [await linesOf(ana, filter), await transactionsOf(ana, filter)];
		expect(lines.map(({ id }) => id)).toEqual(shown.map(({ id }) => id));
	}
	expect((await linesOf(ana, { q: 'bakery' })).length).toBeGreaterThan(400);
});

test('categories are named in the language of the reader, with the key beside', async () => {
	const of = async (locale: string) => (await linesOf(ana, { categoryId: 'groceries' }, locale))[0];
	expect(await of('en')).toMatchObject({ categoryId: 'groceries', category: 'Groceries' });
	expect(await of('de')).toMatchObject({ categoryId: 'groceries', category: 'Lebensmittel' });
});

test('somebody else gets a header and nothing of hers', async () => {
	const ben = await quits.meet('Ben');
	expect(await linesOf(ben)).toEqual([]);
	await expect(linesOf(ben, { accountId: savings })).rejects.toMatchObject(noAccount);
	expect(await piecesOf(ben)).toHaveLength(1);
});

test('a category that does not exist is refused before anything is written', async () => {
	await expect(piecesOf(ana, { categoryId: 'no_such' })).rejects.toMatchObject({
		code: 'INVALID',
		reason: 'unknown_category'
	});
});

test('so are an account that is not there, and an end before the beginning', async () => {
	await expect(piecesOf(ana, { accountId: crypto.randomUUID() })).rejects.toMatchObject(noAccount);
	const backwards = { from: '2026-11-30', to: '2026-01-01' };
	await expect(piecesOf(ana, backwards)).rejects.toMatchObject({
		code: 'INVALID',
		fields: { to: 'ends_before' }
	});
});

test('a PDF says of when it is, and what its filter leaves out', async () => {
	const beginOf = async (query: TransactionFilter) => {
		const { info, pages } = await pdfPages(
			await exported(quits.app.db, ana, 'transactions.pdf', { query, locale: 'en' })
		);
		return { info, texts: pages[0]!.texts };
	};
	const ofAll = await beginOf({ accountId: savings });
	expect(ofAll.texts).toContain('1 Mar 2030 to 3 Mar 2030');
	expect(ofAll.info).toMatchObject({ Title: 'Transactions · 1 Mar 2030 to 3 Mar 2030', Author: 'Ana' });
	const [{ merchant } = { merchant: '' }] = await transactionsOf(ana, { q: 'straße' });
	const ofOne = await beginOf({ merchantKey: merchantKey(merchant) });
	expect(ofOne.texts).toEqual(expect.arrayContaining([`Merchant: ${merchant}`, '3 Mar 2030 to 3 Mar 2030']));
	// No filter goes unsaid.
	const id = crypto.randomUUID();
	const filters: TransactionFilter[] = [
		...[{ q: 'bakery' }, { categoryId: 'games' }, { merchantKey: 'no such' }, { accountId: savings }],
		...[{ uploadId: id }, { recurringId: id }, { review: true }, { review: false }],
		...[{ currency: 'EUR' }, { direction: 'out' as const }, { direction: 'in' as const }]
	];
	for (const filter of filters) {
		const { document } = await exportTransactions(quits.app.db, await personOf(ana), {
			...filter,
			...{ from: '2030-01-01', to: '2030-12-31' }
		});
		expect(document.narrowed, JSON.stringify(filter)).toHaveLength(1);
	}
});

test('it begins with a byte order mark only where that is asked for', async () => {
	const begin = async (query: Record<string, string>) =>
		(await exported(quits.app.db, ana, 'transactions.csv', { query })).subarray(0, 7).toString();
	expect(await begin({ bom: '1', accountId: savings })).toBe('\uFEFFdate');
	expect(await begin({ accountId: savings })).toBe('date,am');
});
