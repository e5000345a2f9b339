import { expect, test } from 'vitest';
import { ownColumns } from '#lib/statement/own-export.ts';
import { startTestApp } from '../support/app.ts';
import { exported } from '../support/exports.ts';
import { importStatement, openAccount, transactionsOf, type Person } from '../support/person.ts';
import { file, statement } from '../support/statement.ts';

const quits = await startTestApp();

const odd = [
	'2026-03-01,Corner Coffee,-3.20',
	'2026-03-01,Corner Coffee,-3.20',
	'2026-03-02,"=HYPERLINK(""https://evil.example"")",-4.20',
	`2026-03-02,"'=1+1",-4.30`,
	'2026-03-03,+49 30 123456,-10.00',
	'2026-03-03,-,-1.00',
	'2026-03-04,"Café ""Olé""; 50%, and more",1234567.89',
	'2026-03-05,@home,0.00',
	"2026-03-06,'tis the season,-7.77",
	'2026-03-07,Бакалея Ωmega 東京,-0.01'
];

const told = async (person: Person, accountId: string) =>
	(await transactionsOf(person, { accountId }))
		.map(({ date, amount, currency, description }) => `${date} ${amount} ${currency} ${description}`)
		.sort();

const csvOf = async (person: Person, query: Record<string, string>) =>
	file((await exported(quits.app.db, person, 'transactions.csv', { query })).toString(), 'transactions.csv');

test('an exported file has the header that an import knows it by', async () => {
	const ana = await quits.meet('Ana');
	expect((await csvOf(ana, {})).bytes).toEqual(new TextEncoder().encode(`${ownColumns.join(',')}\r\n`));
});

test('imported into a fresh account, an export gives the same rows, two equal ones of a day included', async () => {
	const ana = await quits.meet('Ana');
	const main = (await openAccount(ana, 'Main')).id;
	await importStatement(ana, statement(odd), { accountId: main });
	const before = await told(ana, main);
	expect(before).toHaveLength(odd.length);
	const fresh = (await openAccount(ana, 'Fresh')).id;
	const copy = await importStatement(ana, await csvOf(ana, { accountId: main }), { accountId: fresh });
	expect(copy).toMatchObject({ status: 'done', imported: odd.length, duplicates: 0, rejected: 0 });
	expect(await told(ana, fresh)).toEqual(before);
});

test('imported where it came from, every row is there already, also without saying which account that is', async () => {
	const ana = await quits.meet('Ana');
	const main = (await openAccount(ana, 'My main account')).id;
	await importStatement(ana, statement(odd), { accountId: main });
	for (const bom of ['0', '1']) {
		const again = await importStatement(ana, await csvOf(ana, { accountId: main, bom }));
		expect(again).toMatchObject({ status: 'done', accountId: main, imported: 0, duplicates: odd.length });
	}
});

test('other currencies come back in theirs', async () => {
	const ana = await quits.meet('Ana');
	const main = (await openAccount(ana, 'Travel')).id;
	const lines = ['2026-04-01,Ramen,-1200,JPY', '2026-04-02,Falafel,-1.250,KWD', '2026-04-03,Bagel,-2.50,USD'];
	await importStatement(ana, file(['Date,Description,Amount,Currency', ...lines].join('\n')), {
		accountId: main
	});
	const before = await told(ana, main);
	const fresh = (await openAccount(ana, 'Fresh')).id;
	await importStatement(ana, await csvOf(ana, { accountId: main }), { accountId: fresh });
	expect(await told(ana, fresh)).toEqual(before);
	expect(before[0]).toContain(' -1200 JPY ');
});
