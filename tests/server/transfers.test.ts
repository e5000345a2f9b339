import { expect, test } from 'vitest';
import { refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { makeBudget, noonOf, statusOn } from '../support/budgets.ts';
import { importStatement, openAccount, transactionsOf, type Person } from '../support/person.ts';
import { statement, type Booking } from '../support/statement.ts';

const quits = await startTestApp();

const booking = (text: string, amount: number, day: number): Booking => ({
	date: `2026-03-${String(day).padStart(2, '0')}`,
	...{ text, amount }
});

const fee = booking('Account fee', -150, 1);

/** Somebody with two accounts. */
async function meet(name = 'Ana') {
	const person = await quits.meet(name);
	const giro = (await openAccount(person, 'Giro')).id;
	const savings = (await openAccount(person, 'Rainy day')).id;
	// With a fee in it, everybody can tell from a statement which way the money goes.
	const bring = async (accountId: string, bookings: Booking[]) => {
		const upload = await importStatement(person, statement([fee, ...bookings]), { accountId });
		expect(upload.status).toBe('done');
		return upload;
	};
	return { person, giro, savings, bring };
}

const find = async (person: Person, accountId: string, amount: number) =>
	(await transactionsOf(person, { accountId })).find((one) => one.amount === amount)!;

const links = ({ id: userId }: Person) => quits.app.db.transfer.count({ where: { out: { userId } } });

const shopping = [booking('REWE 0293 HAMBURG', -4210, 2), booking('Xqzzy Blorp', -3000, 5)];
const out = booking('To Rainy Day', -20_000, 3);
const back = booking('Received from Giro', 20_000, 4);

test.each(['one', 'the other'])('two statements are one transfer, %s first', async (which) => {
	const { person, giro, savings, bring } = await meet();
	const files = [() => bring(giro, [...shopping, out]), () => bring(savings, [back])];
	for (const send of which === 'one' ? files : files.reverse())
		expect(await send()).toMatchObject({ status: 'done' });

	const [left, right] = [await find(person, giro, -20_000), await find(person, savings, 20_000)];
	const get = (id: string) => person.api.transactions.get.query({ id });
	const expected = { categoryId: 'savings_transfer', source: 'transfer', review: false };
	expect(await get(left.id)).toMatchObject({
		...expected,
		transfer: { id: right.id, date: '2026-03-04', accountId: savings, account: 'Rainy day', byHand: false }
	});
	expect(await get(right.id)).toMatchObject({ ...expected, transfer: { id: left.id, account: 'Giro' } });
	expect(await person.api.transactions.why.query({ id: left.id })).toMatchObject({ source: 'transfer' });
	expect((await get((await find(person, giro, -4210)).id)).transfer).toBeNull();
	expect(await links(person)).toBe(1);
	// The same file again brings nothing, and finds nothing more.
	await bring(savings, [back]);
	expect(await links(person)).toBe(1);
});

test('neither half is spending, nor income', async () => {
	const { person, giro, savings, bring } = await meet();
	await bring(giro, [...shopping, out]);
	await bring(savings, [back]);
	const budget = await makeBudget(quits.app, person, { categoryIds: [] }, noonOf('2026-03-20'));
	const { spent } = await statusOn(quits.app, person, budget.id, noonOf('2026-03-20'));
	expect(spent).toBe(7510);
	const summary = await person.api.transactions.summary.query({ month: '2026-03' });
	expect(summary!.totals).toEqual([{ currency: 'EUR', spent: -7510, earned: 0, count: 4 }]);
});

test('money that says it stays among own accounts is no spending without its other half, and says why', async () => {
	const { person, giro, savings, bring } = await meet();
	await bring(giro, [...shopping, booking('Transfer to own account', -20_000, 3)]);
	const { id } = await find(person, giro, -20_000);
	const { why, summary } = person.api.transactions;
	expect(await why.query({ id })).toMatchObject({
		category: 'account_transfer',
		source: 'model',
		alone: true
	});
	expect((await why.query({ id: (await find(person, giro, -4210)).id })).alone).toBe(false);
	expect((await summary.query({ month: '2026-03' }))!.totals).toMatchObject([{ spent: -7360 }]);
	// Its other half comes, or its person knows better.
	await bring(savings, [booking('From own account', 20_000, 3)]);
	expect(await why.query({ id })).toMatchObject({ source: 'transfer', alone: false });
	const { person: ben, giro: his, bring: bringHis } = await meet('Ben');
	await bringHis(his, [booking('Transfer to own account', -20_000, 3)]);
	const rent = await find(ben, his, -20_000);
	await ben.api.transactions.setCategory.mutate({ id: rent.id, categoryId: 'account_transfer' });
	expect(await ben.api.transactions.why.query({ id: rent.id })).toMatchObject({
		source: 'user',
		alone: false
	});
});

test('an import that is taken back takes the link along, and the other half is what it would have been', async () => {
	const { person, giro, savings, bring } = await meet();
	await bring(giro, [...shopping, out]);
	const before = await find(person, giro, -20_000);
	const { id } = await bring(savings, [back]);
	expect((await find(person, giro, -20_000)).source).toBe('transfer');
	await person.api.uploads.undo.mutate({ id });
	expect(await links(person)).toBe(0);
	const after = await find(person, giro, -20_000);
	expect(after).toEqual(before);
	// And again.
	await bring(savings, [back]);
	expect(await links(person)).toBe(1);
});

test('the half that is left finds the next one that fits', async () => {
	const { person, giro, savings, bring } = await meet();
	const card = (await openAccount(person, 'Holiday')).id;
	await bring(giro, [booking('Umbuchung', -20_000, 3)]);
	const { id } = await bring(savings, [back]);
	await bring(card, [booking('Received from Giro', 20_000, 5)]);
	await person.api.uploads.undo.mutate({ id });
	const left = await find(person, giro, -20_000);
	expect((await person.api.transactions.get.query({ id: left.id })).transfer).toMatchObject({
		account: 'Holiday'
	});
});

test('the same amount three times is three transfers, each with the nearest', async () => {
	const { person, giro, savings, bring } = await meet();
	await bring(
		giro,
		[3, 10, 17].map((day) => booking('To Rainy Day', -20_000, day))
	);
	await bring(
		savings,
		[4, 11, 18].map((day) => booking('Received from Giro', 20_000, day))
	);
	expect(await links(person)).toBe(3);
	for (const row of await transactionsOf(person, { accountId: giro, from: '2026-03-02' })) {
		const { transfer } = await person.api.transactions.get.query({ id: row.id });
		expect(Number(transfer!.date.slice(-2))).toBe(Number(row.date.slice(-2)) + 1);
	}
});

test('what a person has said stays, and keeps what it belongs nowhere near apart', async () => {
	const { person, giro, savings, bring } = await meet();
	await bring(giro, [out, booking('To Rainy Day', -30_000, 3)]);
	const { setCategory } = person.api.transactions;
	const [gift, own] = [await find(person, giro, -20_000), await find(person, giro, -30_000)];
	await setCategory.mutate({ id: gift.id, categoryId: 'gifts' });
	await setCategory.mutate({ id: own.id, categoryId: 'savings_transfer' });
	await bring(savings, [back, booking('Received from Giro', 30_000, 4)]);
	expect(await links(person)).toBe(1);
	expect(await find(person, giro, -20_000)).toMatchObject({ categoryId: 'gifts', source: 'user' });
	expect(await find(person, giro, -30_000)).toMatchObject({ categoryId: 'savings_transfer', source: 'user' });
	// The other half goes with what was said of this one.
	const half = await find(person, savings, 30_000);
	expect(half).toMatchObject({ categoryId: 'savings_transfer', source: 'transfer' });
	// Taken back, the transfer speaks.
	const { guesses } = await person.api.transactions.takeBack.mutate({ ids: [own.id] });
	expect(guesses).toEqual([expect.objectContaining({ categoryId: 'savings_transfer', source: 'transfer' })]);
});

test('neither another person’s account nor another currency is the other half', async () => {
	const [{ person: ana, giro, bring }, ben] = [await meet('Ana'), await meet('Ben')];
	await bring(giro, [out]);
	await ben.bring(ben.savings, [back]);
	const dollars = await ana.api.accounts.create.mutate({ name: 'Rainy day', currency: 'USD' });
	await bring(dollars.id, [back]);
	expect(await find(ana, dollars.id, 20_000)).toMatchObject({ currency: 'USD' });
	expect([await links(ana), await links(ben.person)]).toEqual([0, 0]);
});

test('what belongs to an expense of a group is no transfer', async () => {
	const { person, giro, savings, bring } = await meet();
	await bring(giro, [out]);
	const { id: groupId } = await person.api.groups.create.mutate({ name: 'Flat', currency: 'EUR' });
	const { memberId } = (await person.api.groups.list.query()).find(({ id }) => id === groupId)!;
	await person.api.expenses.create.mutate({
		...{ groupId, description: 'Rent', date: out.date, currency: 'EUR', amount: 20_000 },
		payers: [{ memberId, amount: 20_000 }],
		split: { mode: 'equal' },
		transactionId: (await find(person, giro, -20_000)).id
	});
	await bring(savings, [back]);
	expect(await links(person)).toBe(0);
	const half = await find(person, savings, 20_000);
	const id = (await find(person, giro, -20_000)).id;
	const taken = { code: 'CONFLICT', reason: 'transaction_taken' };
	expect(await refusal(person.api.transfers.mark.mutate({ id, otherId: half.id }))).toMatchObject(taken);
	expect(await links(person)).toBe(0);
});

test('what is half of a transfer becomes no expense of a group', async () => {
	const { person, giro, savings, bring } = await meet();
	await bring(giro, [out]);
	const { id: groupId } = await person.api.groups.create.mutate({ name: 'Flat', currency: 'EUR' });
	const { memberId } = (await person.api.groups.list.query()).find(({ id }) => id === groupId)!;
	const { expenses, rules, transfers } = person.api;
	const transactionId = (await find(person, giro, -20_000)).id;
	const expense = {
		...{ groupId, description: 'Rent', date: out.date, currency: 'EUR', amount: 20_000, transactionId },
		...{ payers: [{ memberId, amount: 20_000 }], split: { mode: 'equal' as const } }
	};
	const removed = await expenses.create.mutate(expense);
	await expenses.remove.mutate({ id: removed.id });
	await bring(savings, [back]);
	expect(await links(person)).toBe(1);

	const inTransfer = { code: 'CONFLICT', reason: 'transaction_in_transfer' };
	expect(await refusal(expenses.create.mutate(expense))).toMatchObject(inTransfer);
	expect((await expenses.restore.mutate({ id: removed.id })).transactionId).toBeNull();
	await rules.create.mutate({
		conditions: { kind: 'all', of: [{ kind: 'text', test: 'contains', value: 'rainy' }] },
		actions: { split: { groupId, split: { mode: 'equal' } } }
	});
	expect(await rules.preview.query({})).toMatchObject({ splits: 0 });
	await transfers.deny.mutate({ id: transactionId });
	expect(await rules.preview.query({})).toMatchObject({ splits: 1 });
	expect(await expenses.create.mutate(expense)).toMatchObject({ transactionId });
});

test('“not a transfer” is remembered, and taken back by hand', async () => {
	const { person, giro, savings, bring } = await meet();
	await bring(giro, [out]);
	const guess = await find(person, giro, -20_000);
	await bring(savings, [back]);
	const { transfers } = person.api;
	const other = await find(person, savings, 20_000);
	await transfers.deny.mutate({ id: other.id });
	await transfers.deny.mutate({ id: other.id });
	expect(await find(person, giro, -20_000)).toEqual(guess);
	expect(await links(person)).toBe(0);
	await bring(savings, [booking('Something else', -100, 5)]);
	expect(await links(person)).toBe(0);

	expect(await transfers.candidates.query({ id: guess.id })).toEqual([
		{ id: other.id, date: '2026-03-04', accountId: savings, account: 'Rainy day', merchant: other.merchant }
	]);
	await transfers.mark.mutate({ id: guess.id, otherId: other.id });
	await transfers.mark.mutate({ id: other.id, otherId: guess.id });
	expect(await transfers.candidates.query({ id: guess.id })).toEqual([]);
	expect((await person.api.transactions.get.query({ id: guess.id })).transfer).toMatchObject({
		byHand: true
	});
	await transfers.deny.mutate({ id: guess.id });
	expect(await links(person)).toBe(0);
});

test('two are marked by hand against what was said before, and nothing else is', async () => {
	const { person, giro, savings, bring } = await meet();
	await bring(giro, [booking('Xqzzy', -5000, 3), booking('Blorp', -5000, 4), booking('Vrunk', -700, 4)]);
	await bring(savings, [booking('Tharl', 5000, 20)]);
	expect(await links(person)).toBe(0);
	const rows = await transactionsOf(person, { accountId: giro });
	const [one, two, three] = ['Xqzzy', 'Blorp', 'Vrunk'].map((text) =>
		rows.find((row) => row.description === text)!
	);
	const { transfers, transactions } = person.api;
	const tharl = await find(person, savings, 5000);
	await transactions.setCategory.mutate({ id: one!.id, categoryId: 'gifts' });
	await transfers.mark.mutate({ id: one!.id, otherId: tharl.id });
	expect((await transactions.get.query({ id: one!.id })).source).toBe('transfer');
	expect(await quits.app.db.learnedCount.count({ where: { userId: person.id } })).toBe(0);
	const no = (id: string, otherId: string) => refusal(transfers.mark.mutate({ id, otherId }));
	expect(await no(two!.id, tharl.id)).toMatchObject({ code: 'CONFLICT', reason: 'transfer_taken' });
	expect(await no(two!.id, three!.id)).toMatchObject({ code: 'INVALID', reason: 'no_transfer' });
	expect(await no(two!.id, two!.id)).toMatchObject({ code: 'INVALID', reason: 'no_transfer' });
});

test('what is said of others of the merchant is not said of halves of transfers', async () => {
	const { person, giro, savings, bring } = await meet();
	await bring(giro, [out, booking('To Rainy Day', -900, 20), booking('To Rainy Day', -700, 21)]);
	await bring(savings, [back]);
	const { id } = await find(person, giro, -900);
	const { setCategory } = person.api.transactions;
	expect(await setCategory.mutate({ id, categoryId: 'gifts' })).toMatchObject({ similar: 1 });
	const answer = await setCategory.mutate({ id, categoryId: 'gifts', applyToSimilar: true });
	expect(answer.ids).not.toContain((await find(person, giro, -20_000)).id);
	expect(await find(person, giro, -700)).toMatchObject({ categoryId: 'gifts', source: 'user' });
	expect((await find(person, giro, -20_000)).source).toBe('transfer');
	expect(await links(person)).toBe(1);
});

test('shopping stays spending when a friend brings as much to another account, whatever that is called', async () => {
	const { person, giro, bring } = await meet();
	const spar = (await openAccount(person, 'Spar')).id;
	await bring(giro, [booking('REWE SAGT DANKE', -3333, 8), booking('SPAR MARKT WIEN', -5701, 9)]);
	await bring(spar, [booking('Max Mustermann', 3333, 8), booking('Lena Vogt', 5701, 9)]);
	expect(await links(person)).toBe(0);
	expect(await find(person, giro, -5701)).toMatchObject({ categoryId: 'groceries', source: 'model' });
});

test('both words are taken back as if they had not been said', async () => {
	const { person, giro, savings, bring } = await meet();
	await bring(giro, [out, booking('Xqzzy', -5000, 3)]);
	await bring(savings, [back, booking('Tharl', 5000, 20)]);
	const { transfers, transactions } = person.api;
	const linkOf = async (id: string) => (await transactions.get.query({ id })).transfer;
	const learned = () => quits.app.db.learnedCount.count({ where: { userId: person.id } });

	// Marked against what was said of one.
	const [xqzzy, tharl] = [await find(person, giro, -5000), await find(person, savings, 5000)];
	await transactions.setCategory.mutate({ id: xqzzy.id, categoryId: 'gifts' });
	const said = [{ id: xqzzy.id, categoryId: 'gifts' }];
	expect(await transfers.mark.mutate({ id: xqzzy.id, otherId: tharl.id })).toEqual({ said, wasApart: false });
	await transfers.deny.mutate({ id: xqzzy.id, remember: false });
	await transactions.setCategory.mutate(said[0]!);
	expect(await find(person, giro, -5000)).toMatchObject({ categoryId: 'gifts', source: 'user' });
	expect(await find(person, savings, 5000)).toEqual(tharl);
	expect(await quits.app.db.noTransfer.count({ where: { out: { userId: person.id } } })).toBe(0);

	// Taken apart, when it had been found with what was said of one.
	const [one, other] = [await find(person, giro, -20_000), await find(person, savings, 20_000)];
	await transactions.setCategory.mutate({ id: one.id, categoryId: 'savings_transfer' });
	const before = await learned();
	await transfers.deny.mutate({ id: one.id });
	await transfers.mark.mutate({ id: one.id, otherId: other.id, byHand: false });
	expect(await linkOf(one.id)).toMatchObject({ id: other.id, byHand: false });
	expect(await find(person, giro, -20_000)).toMatchObject({ categoryId: 'savings_transfer', source: 'user' });
	expect((await find(person, savings, 20_000)).source).toBe('transfer');
	expect(await learned()).toBe(before);
	// By hand, it was apart before.
	await transfers.deny.mutate({ id: one.id });
	const again = { id: one.id, otherId: other.id };
	expect(await transfers.mark.mutate(again)).toMatchObject({ wasApart: true, said: [{ id: one.id }] });
});

test('an account that is called otherwise shows transfers that nobody could know', async () => {
	const { person, giro, savings, bring } = await meet();
	await bring(giro, [booking('Xqzzy Blorp', -20_000, 3)]);
	await bring(savings, [booking('Vrunk Tharl', 20_000, 6)]);
	expect(await links(person)).toBe(0);
	await person.api.accounts.update.mutate({ id: savings, name: 'Blorp' });
	await expect.poll(() => links(person), { timeout: 20_000 }).toBe(1);
	expect((await find(person, savings, 20_000)).source).toBe('transfer');
});
