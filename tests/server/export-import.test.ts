import { expect, test } from 'vitest';
import { ownColumns } from '#lib/statement/own-export.ts';
import { startTestApp } from '../support/app.ts';
import { exported } from '../support/exports.ts';
import {
	ended,
	importStatement,
	openAccount,
	rowsOf,
	transactionsOf,
	type Person
} from '../support/person.ts';
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

test('imported by somebody else, an export gives the same rows, two equal ones of a day included', async () => {
	const [ana, ben] = [await quits.meet('Ana'), await quits.meet('Ben')];
	const main = (await openAccount(ana, 'Main')).id;
	await importStatement(ana, statement(odd), { accountId: main });
	const before = await told(ana, main);
	expect(before).toHaveLength(odd.length);
	const fresh = (await openAccount(ben, 'Fresh')).id;
	const copy = await importStatement(ben, await csvOf(ana, { accountId: main }), { accountId: fresh });
	expect(copy).toMatchObject({ status: 'done', imported: odd.length, duplicates: 0, rejected: 0 });
	expect(await told(ben, fresh)).toEqual(before);
});

test('an export of several accounts brings nothing a second time, whichever account it is imported into', async () => {
	const ana = await quits.meet('Ana');
	const [first, second] = [(await openAccount(ana, 'First')).id, (await openAccount(ana, 'Second')).id];
	// One booking that both accounts have, and one that only the second has.
	await importStatement(ana, statement(['2026-05-01,Rent,-500.00']), { accountId: first });
	await importStatement(ana, statement(['2026-05-01,Rent,-500.00', '2026-05-02,Tea,-2.00']), {
		accountId: second
	});
	const whole = await csvOf(ana, {});
	const waiting = await importStatement(ana, whole);
	expect(waiting.status).toBe('needs_mapping');
	const { detection } = await ana.api.uploads.detection.query({ id: waiting.id });
	expect(detection!.questions).toEqual(['accounts']);
	await ana.api.uploads.commit.mutate({
		...{ id: waiting.id, accountId: first },
		mapping: detection!.mapping
	});
	expect(await ended(ana, waiting.id)).toMatchObject({ imported: 0, duplicates: 3, rejected: 0 });
	expect(await told(ana, first)).toHaveLength(1);
	const rows = await rowsOf(ana, waiting.id, 'duplicate');
	expect(rows.map(({ reasonCode }) => reasonCode)).toEqual(Array(3).fill('row_exported'));
	const known = await transactionsOf(ana);
	expect(rows.map(({ duplicateOfId }) => duplicateOfId).sort()).toEqual(known.map(({ id }) => id).sort());
});

test('notes and merchants of one’s own come back for rows that are gone', async () => {
	const ana = await quits.meet('Ana');
	const main = (await openAccount(ana, 'Main')).id;
	await importStatement(ana, statement(odd.slice(0, 3)), { accountId: main });
	const id = (await transactionsOf(ana))[0]!.id;
	await ana.api.transactions.update.mutate({ id, merchant: '=Odd Shop', note: '-half of it, "really"' });
	const copy = await csvOf(ana, {});
	const ben = await quits.meet('Ben');
	await importStatement(ben, copy);
	const made = async (person: Person) =>
		(await transactionsOf(person)).map(({ merchant, note }) => `${merchant}: ${note}`).sort();
	expect(await made(ben)).toEqual(await made(ana));
	expect(await made(ben)).toContain('=Odd Shop: -half of it, "really"');
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
	const ben = await quits.meet('Ben');
	const fresh = (await openAccount(ben, 'Fresh')).id;
	await importStatement(ben, await csvOf(ana, { accountId: main }), { accountId: fresh });
	expect(await told(ben, fresh)).toEqual(before);
	expect(before[0]).toContain(' -1200 JPY ');
});
