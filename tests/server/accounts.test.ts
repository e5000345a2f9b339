import { expect, test } from 'vitest';
import { refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { importStatement, openAccount } from '../support/person.ts';
import { bookings, statement } from '../support/statement.ts';

const quits = await startTestApp();

test('accounts are made, changed, archived and removed', async () => {
	const { api } = await quits.meet('Ana');
	const giro = await api.accounts.create.mutate({
		name: ' Giro ',
		currency: 'EUR',
		identifier: 'DE02100100100006820101'
	});
	expect(giro).toMatchObject({
		name: 'Giro',
		currency: 'EUR',
		identifier: 'DE02100100100006820101',
		archived: false
	});
	const changed = await api.accounts.update.mutate({
		id: giro.id,
		name: 'Everyday',
		identifier: null,
		archived: true
	});
	expect(changed).toEqual({ ...giro, name: 'Everyday', identifier: null, archived: true });
	expect(await api.accounts.list.query()).toEqual([changed]);
	expect(await api.accounts.update.mutate({ id: giro.id, archived: false })).toMatchObject({
		archived: false
	});
	await api.accounts.remove.mutate({ id: giro.id });
	expect(await api.accounts.list.query()).toEqual([]);
	expect(await refusal(api.accounts.remove.mutate({ id: giro.id }))).toMatchObject({ code: 'NOT_FOUND' });
});

test('making an account again with the same id changes nothing, even at the same moment', async () => {
	const { api } = await quits.meet('Ana');
	const id = crypto.randomUUID();
	const answers = await Promise.all(
		[1, 2, 3, 4, 5].map((n) => api.accounts.create.mutate({ id, name: `Giro ${n}`, currency: 'EUR' }))
	);
	expect(new Set(answers.map(({ name }) => name)).size).toBe(1);
	expect(await api.accounts.create.mutate({ id, name: 'Other', currency: 'CHF' })).toEqual(answers[0]);
	expect(await api.accounts.list.query()).toEqual([answers[0]]);
});

test('an account that holds transactions can be archived, but not removed', async () => {
	const ana = await quits.meet('Ana');
	const { accountId } = await importStatement(ana, statement(bookings(3)));
	expect(await refusal(ana.api.accounts.remove.mutate({ id: accountId! }))).toMatchObject({
		code: 'CONFLICT',
		reason: 'account_in_use'
	});
	expect(await ana.api.accounts.update.mutate({ id: accountId!, archived: true })).toMatchObject({
		archived: true
	});
});

test('a file that names an account by its number goes there', async () => {
	const ana = await quits.meet('Ana');
	const giro = await ana.api.accounts.create.mutate({
		name: 'Giro',
		currency: 'EUR',
		identifier: 'DE02100100100006820101'
	});
	await openAccount(ana, 'Savings');
	const text = `IBAN;DE02100100100006820101\n\nDate;Description;Amount\n2026-01-05;Corner Bakery;-3,20\n2026-01-06;Salary;2100,00\n`;
	const upload = await importStatement(ana, { name: 'export.csv', bytes: new TextEncoder().encode(text) });
	expect(upload).toMatchObject({ status: 'done', imported: 2, accountId: giro.id });
});

test.each([
	['an empty name', { name: ' ', currency: 'EUR' }, 'name'],
	['a currency that is none', { name: 'Giro', currency: 'EURO' }, 'currency'],
	['an id that is none', { id: '1', name: 'Giro', currency: 'EUR' }, 'id']
])('%s is refused by its field', async (_, input, field) => {
	const { api } = await quits.meet('Ana');
	const said = await refusal(api.accounts.create.mutate(input));
	expect(said).toMatchObject({ code: 'INVALID' });
	expect(Object.keys(said.fields ?? {})).toEqual([field]);
});
