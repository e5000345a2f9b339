import { expect, test } from 'vitest';
import { errorCodes } from '#lib/errors.ts';
import { apiOf, refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { openAccount } from '../support/person.ts';

const quits = await startTestApp();
const { app } = quits;

test('an error speaks the language of whoever reads it, and names itself the same in each', async () => {
	const ana = await quits.meet('Ana');
	const udo = await quits.meet('Udo', { locale: 'de' });
	const id = crypto.randomUUID();
	const english = await refusal(ana.api.uploads.get.query({ id }));
	const german = await refusal(udo.api.uploads.get.query({ id }));
	expect(english.message).toMatch(/not here any more/);
	expect(german.message).toMatch(/nicht mehr/);
	expect({ ...german, message: '' }).toEqual({ ...english, message: '' });
	// Before signing in, it is the language of the browser.
	const visitor = apiOf(app, { locale: 'de' });
	const said = await refusal(visitor.auth.login.mutate({ email: 'x@example.org', password: 'wrong' }));
	expect(said.message).toMatch(/E-Mail/);
});

test('values in a message are filled in', async () => {
	const { api } = await quits.meet('Ana');
	const said = await refusal(api.recurring.due.query({ from: '2020-01-01', to: '2026-01-01' }));
	expect(said).toMatchObject({ reason: 'bad_period', params: { days: 400 } });
	expect(said.message).toContain('400 days');
});

test('input of the wrong shape names its fields', async () => {
	const { api } = await quits.meet('Ana');
	const said = await refusal(api.accounts.create.mutate({ name: '', currency: 'nope' }));
	expect(said).toMatchObject({ code: 'INVALID', reason: 'invalid', httpStatus: 422 });
	expect(said.fields).toEqual({ currency: 'currency', name: 'required' });
	expect(said.fieldMessages).toEqual({
		currency: expect.stringMatching(/not a currency.*\.$/),
		name: expect.stringMatching(/must not be empty\.$/)
	});
	// Never in the words of a library.
	const other = { id: 'no id', name: 'x'.repeat(500), currency: 'EUR' };
	expect((await refusal(api.accounts.create.mutate(other))).fields).toEqual({
		id: 'field',
		name: 'too_long'
	});
});

test('every answer that is an error has a code of the closed set, words that end in a full stop, and no stack', async () => {
	const ana = await quits.meet('Ana');
	const { id } = await openAccount(ana, 'Giro');
	const nobody = apiOf(app);
	const ben = await quits.meet('Ben');
	const refused = await Promise.all([
		refusal(nobody.auth.me.query()),
		refusal(nobody.transactions.list.query()),
		refusal(ana.api.accounts.update.mutate({ id: crypto.randomUUID(), name: 'x' })),
		refusal(ana.api.accounts.create.mutate({ id: 'x', name: 'x', currency: 'EUR' })),
		refusal(ben.api.accounts.create.mutate({ id, name: 'x', currency: 'EUR' })),
		refusal(ana.api.transactions.list.query({ cursor: 'x' })),
		// What the types rule out can be sent all the same.
		refusal((ana.api as unknown as { no: { such: { query: () => Promise<unknown> } } }).no.such.query())
	]);
	expect(refused.map(({ code }) => code)).toEqual([
		...['FORBIDDEN', 'FORBIDDEN', 'NOT_FOUND', 'INVALID', 'CONFLICT', 'INVALID', 'NOT_FOUND']
	]);
	for (const said of refused) {
		expect(errorCodes).toContain(said.code);
		expect(said.message).toMatch(/^[A-Z].*\.$/);
		expect(JSON.stringify(said)).not.toMatch(/stack|node_modules|\.ts\b/);
	}
});

test('a bug of ours tells nothing but the id of its log line', async () => {
	quits.expectErrors();
	const ana = await quits.meet('Ana');
	const broken = {
		...app,
		db: new Proxy(app.db, { get: (db, key) => (key === 'account' ? undefined : Reflect.get(db, key)) })
	};
	const said = await refusal(apiOf(broken as typeof app, { token: ana.token }).accounts.list.query());
	expect(said).toMatchObject({ code: 'UNAVAILABLE', reason: 'unexpected', httpStatus: 500 });
	expect(said.message).toMatch(/^Something went wrong/);
	expect(JSON.stringify(said)).not.toContain('findMany');
	const line = quits.log.find((entry) => entry['errorId'] === said.errorId);
	expect(JSON.stringify(line)).toContain('findMany');
});
