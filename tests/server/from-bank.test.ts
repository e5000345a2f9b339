import { expect, test } from 'vitest';
import { addDays } from '#lib/dates.ts';
import { today } from '#lib/i18n.ts';
import { refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { makeGroup, type TestGroup } from '../support/group.ts';
import { importStatement, transactionsOf, type Person } from '../support/person.ts';
import { statement } from '../support/statement.ts';

const quits = await startTestApp();
const now = today();

type Booking = { date: string; text: string; amount: number };

/** Some everyday things go with it, so that nobody could wonder which sign is money out. */
async function imported(person: Person, bookings: Booking[]) {
	const everyday = ['13', '14', '17', '20'].map((day) => ({
		...{ date: `2025-01-${day}`, text: 'Bakery' },
		amount: -100 - Number(day)
	}));
	const { status } = await importStatement(person, statement([...everyday, ...bookings]));
	expect(status).toBe('done');
}

/** Somebody new with these bookings on an account, and a group of theirs with Ben. */
async function household(name: string, bookings: Booking[]) {
	const [me, ben] = [await quits.meet(name), await quits.meet('Ben')];
	await imported(me, bookings);
	const flat = await makeGroup(quits.app, [me, ben], { guests: ['Cleo'] });
	const byText = async (text: string) =>
		(await transactionsOf(me)).find(({ description }) => description.includes(text))!;
	return { me, ben, flat, byText };
}

/** Splits a transaction as the page does. */
async function split(me: Person, flat: TestGroup, transaction: { id: string; amount: number; date: string }) {
	const amount = -transaction.amount;
	return me.api.expenses.create.mutate(
		flat.expense({
			amount,
			date: transaction.date,
			payers: [{ memberId: flat.member(me.name), amount }],
			transactionId: transaction.id
		})
	);
}

const summary = async ({ api }: Person, mine: boolean) =>
	(await api.transactions.summary.query({ month: '2026-03', mine }))!;

test('what is split with a group counts as the own share when that is asked for', async () => {
	const { me, ben, flat, byText } = await household('Ana', [
		{ date: '2026-03-02', text: 'Supermarket', amount: -3000 },
		{ date: '2026-03-03', text: 'Book shop', amount: -1000 },
		{ date: '2026-03-04', text: 'Salary', amount: 200000 }
	]);
	expect(await summary(me, true)).toEqual({ ...(await summary(me, false)), split: 0 });
	const expense = await split(me, flat, await byText('Supermarket'));
	expect(await summary(me, false)).toMatchObject({ split: 1, totals: [{ spent: -4000, earned: 200000 }] });
	expect(await summary(me, true)).toMatchObject({ split: 1, totals: [{ spent: -2000, earned: 200000 }] });
	// The transaction is Ana's alone: for Ben it is no spending.
	expect(await ben.api.transactions.summary.query({ month: '2026-03', mine: true })).toBeNull();

	await me.api.expenses.remove.mutate({ id: expense.id });
	expect(await summary(me, true)).toMatchObject({ split: 0, totals: [{ spent: -4000 }] });
});

test('a share in another currency counts as its part of the transaction', async () => {
	const { me, flat, byText } = await household('Ana', [{ date: '2026-03-02', text: 'Rail', amount: -3001 }]);
	const { id: transactionId } = await byText('Rail');
	await me.api.expenses.create.mutate(
		flat.expense({
			amount: 3001,
			payers: [{ memberId: flat.member('Ana'), amount: 3001 }],
			split: {
				mode: 'shares',
				members: [
					{ memberId: flat.member('Ana'), shares: 1 },
					{ memberId: flat.member('Ben'), shares: 2 }
				]
			},
			conversion: { currency: 'JPY', rate: '163.5' },
			transactionId
		})
	);
	const [total] = (await summary(me, true)).totals;
	expect(Math.abs(total!.spent + 1000)).toBeLessThanOrEqual(1);
});

test('money that others pay back for their share is no income then', async () => {
	const { me, ben, flat, byText } = await household('Ana', [
		{ date: '2026-03-02', text: 'Supermarket', amount: -3000 },
		{ date: '2026-03-09', text: 'BEN', amount: 1000 }
	]);
	await split(me, flat, await byText('Supermarket'));
	const settlement = await ben.api.settlements.create.mutate({
		...{ groupId: flat.id, from: flat.member('Ben'), to: flat.member('Ana'), currency: 'EUR', amount: 1000 },
		date: '2026-03-08'
	});
	await me.api.settlements.confirm.mutate({ id: settlement.id, transactionId: (await byText('BEN')).id });
	// Whatever it is taken for.
	for (const [categoryId, spent, earned] of [
		['other_income', -3000, 1000],
		['groceries', -2000, 0]
	] as const) {
		await me.api.transactions.setCategory.mutate({ id: (await byText('BEN')).id, categoryId });
		expect(await summary(me, false)).toMatchObject({ totals: [{ spent, earned }] });
		expect(await summary(me, true)).toMatchObject({ totals: [{ spent: -1000, earned: 0 }] });
	}
});

test('a transaction shows the group it was split with, as long as one is in it', async () => {
	const { me, flat, byText } = await household('Ana', [
		{ date: '2026-03-02', text: 'Supermarket', amount: -3000 }
	]);
	expect((await byText('Supermarket')).split).toBeNull();
	const { id: expenseId } = await split(me, flat, await byText('Supermarket'));
	const shown = { expenseId, groupId: flat.id, group: 'The flat' };
	const { id } = await byText('Supermarket');
	expect((await byText('Supermarket')).split).toEqual(shown);
	expect((await me.api.transactions.get.query({ id })).split).toEqual(shown);
	await quits.app.db.member.update({
		where: { id: flat.member('Ana') },
		data: { removedAt: new Date() }
	});
	expect((await byText('Supermarket')).split).toBeNull();
});

const suggestions = ({ api }: Person, { id: groupId }: TestGroup) =>
	api.settlements.suggestions.query({ groupId });

test('a transfer of just what somebody owes, or says to have paid, is suggested and can be confirmed', async () => {
	const { me, ben, flat, byText } = await household('Ana', [
		{ date: addDays(now, -2), text: 'BEN B', amount: 1000 },
		{ date: addDays(now, -1), text: 'C. Cleo', amount: 999 }
	]);
	expect(await suggestions(me, flat)).toEqual([]);
	await me.api.expenses.create.mutate(flat.expense({ date: addDays(now, -3) }));
	const transfer = await byText('BEN');
	const [debt, ...more] = await suggestions(me, flat);
	expect(more).toEqual([]);
	expect(debt).toMatchObject({ settlementId: null, transaction: { id: transfer.id, amount: 1000 } });

	// What Ben marks says more than what he owes.
	const settlement = { groupId: flat.id, from: flat.member('Ben'), to: flat.member('Ana'), currency: 'EUR' };
	const { id } = await ben.api.settlements.create.mutate({ ...settlement, amount: 1000, date: now });
	expect(await suggestions(me, flat)).toMatchObject([
		{ from: flat.member('Ben'), settlementId: id, transaction: { id: transfer.id } }
	]);
	const confirmed = await me.api.settlements.confirm.mutate({ id, transactionId: transfer.id });
	expect(confirmed).toMatchObject({ status: 'confirmed', transactionId: transfer.id });
	// It is tied now, and serves for no other debt.
	expect(await suggestions(me, flat)).toEqual([]);
	// Which transaction it is, is Ana's business.
	const [seen] = (await ben.api.settlements.list.query({ groupId: flat.id })).items;
	expect(seen).toMatchObject({ id, transactionId: null });
});

test('a transfer too early, too small, of another currency or of somebody else is not suggested', async () => {
	const { me, ben, flat } = await household('Ana', [
		{ date: addDays(now, -20), text: 'BEN', amount: 1000 },
		{ date: now, text: 'BEN', amount: 1001 },
		{ date: now, text: 'Shop', amount: -1000 }
	]);
	await imported(ben, [{ date: now, text: 'Ana', amount: 1000 }]);
	await me.api.expenses.create.mutate(flat.expense({ date: addDays(now, -3) }));
	await me.api.expenses.create.mutate(
		flat.expense({ date: addDays(now, -3), currency: 'USD', amount: 3003 })
	);
	expect(await suggestions(me, flat)).toEqual([]);
});

test('a payment is not confirmed with a transaction of somebody else', async () => {
	const { me, ben, flat } = await household('Ana', [{ date: now, text: 'Shop', amount: -1000 }]);
	await imported(ben, [{ date: now, text: 'Ana', amount: -1000 }]);
	const bens = (await transactionsOf(ben)).find(({ amount }) => amount === -1000);
	const { id } = await ben.api.settlements.create.mutate({
		...{ groupId: flat.id, from: flat.member('Ben'), to: flat.member('Ana'), currency: 'EUR', amount: 1000 }
	});
	const refused = await refusal(me.api.settlements.confirm.mutate({ id, transactionId: bens!.id }));
	expect(refused.code).toBe('NOT_FOUND');
	expect((await me.api.settlements.list.query({ groupId: flat.id })).items[0]).toMatchObject({
		status: 'marked'
	});
});

/** Ana and Ben with one transfer of 10.00 between them, as it stands on the account of each. */
async function transferred() {
	const { me, ben, flat, byText } = await household('Ana', [
		{ date: now, text: 'From Ben', amount: 1000 },
		{ date: now, text: 'Supermarket', amount: -3000 },
		{ date: now, text: 'Another one', amount: 1000 }
	]);
	await imported(ben, [{ date: now, text: 'To Ana', amount: -1000 }]);
	const bens = (await transactionsOf(ben)).find(({ amount }) => amount === -1000)!;
	const payment = {
		...{ groupId: flat.id, from: flat.member('Ben'), to: flat.member('Ana'), currency: 'EUR', amount: 1000 },
		date: now
	};
	const linkOf = async ({ api }: Person, id: string) =>
		(await api.settlements.list.query({ groupId: flat.id })).items.find((one) => one.id === id)
			?.transactionId;
	return { ana: me, ben, flat, byText, bens, payment, linkOf };
}
const taken = { code: 'CONFLICT', reason: 'transaction_taken' };

test('who paid and who got it tie the payment to their own bank, and neither sees or changes the other’s', async () => {
	const { ana, ben, flat, byText, bens, payment, linkOf } = await transferred();
	const { id, transactionId } = await ben.api.settlements.create.mutate({
		...payment,
		transactionId: bens.id
	});
	expect(transactionId).toBe(bens.id);
	const hers = await byText('From Ben');
	const confirmed = await ana.api.settlements.confirm.mutate({ id, transactionId: hers.id });
	expect(confirmed).toMatchObject({ status: 'confirmed', transactionId: hers.id });
	expect(await linkOf(ben, id)).toBe(bens.id);
	expect(await linkOf(ana, id)).toBe(hers.id);
	expect(await flat.lastChange()).toMatchObject({
		kind: 'settlement_confirmed',
		changes: { status: ['marked', 'confirmed'], transaction: [false, true] }
	});

	// Another one afterwards is a change of its own, which every screen hears of; the same again is none.
	const other = await byText('Another one');
	const revision = await flat.revision();
	for (let times = 0; times < 2; times++) {
		await ana.api.settlements.confirm.mutate({ id, transactionId: other.id });
		expect(await flat.revision()).toBe(revision + 1);
	}
	expect(await flat.lastChange()).toMatchObject({
		kind: 'settlement_linked',
		changes: { transaction: [true, true] }
	});
	const heard = await ben.live.until('group:changed', (event) => event.revision === revision + 1);
	expect(heard).toMatchObject({ kind: 'settlement_linked', subjectId: id });
	expect(await linkOf(ben, id)).toBe(bens.id);
	await ana.api.settlements.confirm.mutate({ id });
	expect(await linkOf(ana, id)).toBe(other.id);
	await ana.api.settlements.confirm.mutate({ id, transactionId: null });
	expect([await linkOf(ana, id), await linkOf(ben, id)]).toEqual([null, bens.id]);
	expect(await flat.revision()).toBe(revision + 2);
	const told = JSON.stringify(await quits.app.db.activity.findMany({ where: { groupId: flat.id } }));
	for (const { id } of [bens, hers, other]) expect(told).not.toContain(id);
});

test('who speaks for a name without an account ties the payment to their own bank; others tie nothing to it', async () => {
	const { ana, ben, flat, byText, bens, payment } = await transferred();
	const transactionId = bens.id;
	const toCleo = { ...payment, to: flat.member('Cleo') };
	const made = await ben.api.settlements.create.mutate({ ...toCleo, transactionId });
	expect(made).toMatchObject({ status: 'confirmed', transactionId });
	await ben.api.settlements.remove.mutate({ id: made.id });
	const { id } = await ben.api.settlements.create.mutate(toCleo);
	expect(await ben.api.settlements.confirm.mutate({ id, transactionId })).toMatchObject({ transactionId });

	// Anybody may say what went between two who are not there; on nobody's account has it been.
	const finn = await ana.api.members.add.mutate({ groupId: flat.id, name: 'Finn' });
	if (finn.status !== 'added') expect.fail('a name was to be added');
	const between = { ...payment, from: finn.memberId, to: flat.member('Cleo') };
	const hers = (await byText('From Ben')).id;
	const others = { code: 'FORBIDDEN', reason: 'settlement_of_others' };
	const call = ana.api.settlements.create.mutate({ ...between, transactionId: hers });
	expect(await refusal(call)).toMatchObject(others);
	const theirs = await ana.api.settlements.create.mutate(between);
	const tying = ana.api.settlements.confirm.mutate({ id: theirs.id, transactionId: hers });
	expect(await refusal(tying)).toMatchObject(others);
});

test('a bank transaction is tied to one thing that stands, so that nothing is counted twice', async () => {
	const { ana, ben, flat, byText, payment } = await transferred();
	const month = now.slice(0, 7);
	const mine = async () => (await ana.api.transactions.summary.query({ month, mine: true }))!.totals[0];
	const shop = await byText('Supermarket');
	const expense = await split(ana, flat, shop);
	const before = await mine();
	expect(await refusal(split(ana, flat, shop))).toMatchObject(taken);
	const trip = await makeGroup(quits.app, [ana, ben]);
	expect(await refusal(split(ana, trip, shop))).toMatchObject(taken);
	const { id, version } = await ana.api.expenses.create.mutate(trip.expense());
	const untied = { ...trip.expense(), id, version };
	const tie = ana.api.expenses.update.mutate({ ...untied, transactionId: shop.id });
	expect(await refusal(tie)).toMatchObject(taken);
	expect(
		await refusal(ana.api.settlements.create.mutate({ ...payment, transactionId: shop.id }))
	).toMatchObject(taken);
	expect(await mine()).toEqual(before);

	const got = await byText('From Ben');
	const first = await ana.api.settlements.create.mutate({ ...payment, transactionId: got.id });
	const counted = await mine();
	expect(
		await refusal(ana.api.settlements.create.mutate({ ...payment, transactionId: got.id }))
	).toMatchObject({
		...taken,
		message: expect.stringContaining('belongs to another expense or payment') as string
	});
	const marked = await ben.api.settlements.create.mutate({ ...payment, again: true });
	const confirming = ana.api.settlements.confirm.mutate({ id: marked.id, transactionId: got.id });
	expect(await refusal(confirming)).toMatchObject(taken);
	expect(await mine()).toEqual(counted);
	// A disputed payment may be confirmed yet, so it keeps what it has; one that is taken back does not.
	await ana.api.settlements.dispute.mutate({ id: first.id });
	expect((await ana.api.transactions.get.query({ id: got.id })).tied).toBe(true);
	await ana.api.settlements.remove.mutate({ id: first.id });
	expect((await ana.api.transactions.get.query({ id: got.id })).tied).toBe(false);
	await ana.api.settlements.confirm.mutate({ id: marked.id, transactionId: got.id });
	expect(await mine()).toEqual(counted);

	// What is removed leaves its transaction to others, and does not take it from them when it comes back.
	await ana.api.expenses.remove.mutate({ id: expense.id });
	expect(await ana.api.expenses.update.mutate({ ...untied, transactionId: shop.id })).toMatchObject({
		transactionId: shop.id
	});
	const restored = await ben.api.expenses.restore.mutate({ id: expense.id });
	expect(restored.deletedAt).toBeNull();
	expect((await ana.api.expenses.get.query({ id: expense.id })).transactionId).toBeNull();
	expect(await flat.lastChange()).toMatchObject({
		kind: 'expense_restored',
		changes: { transaction: [true, false] }
	});
	expect((await byText('Supermarket')).split).toMatchObject({ groupId: trip.id });
	// Where it was free, it comes back with it.
	await ana.api.expenses.remove.mutate({ id });
	expect(await ana.api.expenses.restore.mutate({ id })).toMatchObject({ transactionId: shop.id });
});

test('tied in two groups at the same time, one of them has it', async () => {
	const { ana, ben, flat, byText } = await transferred();
	const trip = await makeGroup(quits.app, [ana, ben]);
	const shop = await byText('Supermarket');
	const calls = [flat, trip, flat, trip].map((group) => split(ana, group, shop));
	const ends = await Promise.allSettled(calls);
	expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
	for (const [at, { status }] of ends.entries()) {
		if (status === 'rejected') expect(await refusal(calls[at]!)).toMatchObject(taken);
	}
});

test('a transaction is still tied in a group that one has left', async () => {
	const { ana, ben, flat, byText } = await transferred();
	const shop = await byText('Supermarket');
	await split(ana, flat, shop);
	await ana.api.members.setRole.mutate({ groupId: flat.id, memberId: flat.member('Ben'), role: 'owner' });
	await ana.api.members.leave.mutate({ groupId: flat.id });
	expect(await ana.api.transactions.get.query({ id: shop.id })).toMatchObject({ split: null, tied: true });
	const trip = await makeGroup(quits.app, [ana, ben]);
	expect(await refusal(split(ana, trip, shop))).toMatchObject(taken);
});
