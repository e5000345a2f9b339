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
	expect(await summary(me, false)).toMatchObject({ totals: [{ spent: -3000, earned: 1000 }] });
	expect(await summary(me, true)).toMatchObject({ totals: [{ spent: -1000, earned: 0 }] });
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
