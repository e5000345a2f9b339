import { v7 } from 'uuid';
import { beforeEach, expect, test } from 'vitest';
import { refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { makeGroup, type ExpenseView, type NewExpense, type TestGroup } from '../support/group.ts';
import { importStatement, transactionsOf, type Person } from '../support/person.ts';
import { bookings, statement } from '../support/statement.ts';

const quits = await startTestApp();
const { db } = quits.app;

const ana = await quits.meet('Ana');
const ben = await quits.meet('Ben');
const dora = await quits.meet('Dora');
const eve = await quits.meet('Eve');
let flat: TestGroup;
/** Dinner for 30.00: Ben, Cleo, who has no account, and Dora owe Ana for it. */
let dinner: ExpenseView;
beforeEach(async () => {
	flat = await makeGroup(quits.app, [ana, ben, dora], { guests: ['Cleo', 'Finn'] });
	const members = ['Ana', 'Ben', 'Dora', 'Cleo'].map((name) => ({ memberId: flat.member(name) }));
	dinner = await ana.api.expenses.create.mutate(
		flat.expense({ amount: 4000, split: { mode: 'equal', members } })
	);
});

const setPaid = ({ api }: Person, name: string, paid = true, expenseId = dinner.id) =>
	api.shares.setPaid.mutate({ expenseId, memberId: flat.member(name), paid });
const isPaid = ({ shares }: ExpenseView) =>
	Object.fromEntries(
		['Ana', 'Ben', 'Cleo', 'Dora'].map((name) => [
			name,
			shares.find(({ memberId }) => memberId === flat.member(name))?.paid
		])
	);
const settlement = (from: string, to: string, amount = 1000) => ({
	groupId: flat.id,
	from: flat.member(from),
	to: flat.member(to),
	currency: 'EUR',
	amount
});
const balanceOf = async (name: string) =>
	(await flat.balances()).find(({ memberId }) => memberId === flat.member(name))?.amount ?? 0;
const settlementsNow = async () => (await ana.api.settlements.list.query({ groupId: flat.id })).items;

test('a disputed payment that is said again is one payment, however it ends', async () => {
	await setPaid(ben, 'Ben');
	const [first] = await settlementsNow();
	await ana.api.settlements.dispute.mutate({ id: first!.id });
	expect(await balanceOf('Ben')).toBe(-1000);
	await setPaid(ben, 'Ben');
	await ana.api.settlements.confirm.mutate({ id: first!.id });
	expect(await settlementsNow()).toMatchObject([{ id: first!.id, status: 'confirmed', amount: 1000 }]);
	expect(await balanceOf('Ben')).toBe(0);
});

test('two payments of one share that are both disputed are said again as one', async () => {
	await setPaid(ben, 'Ben');
	const more = await ana.api.expenses.update.mutate({
		...dinner,
		amount: 6000,
		payers: [{ ...dinner.payers[0]!, amount: 6000 }]
	});
	await setPaid(ben, 'Ben');
	const both = await settlementsNow();
	expect(both.map(({ amount }) => amount).sort()).toEqual([1000, 500]);
	for (const { id } of both) await ana.api.settlements.dispute.mutate({ id });
	expect(await balanceOf('Ben')).toBe(-1500);
	await setPaid(ben, 'Ben', true, more.id);
	expect(await settlementsNow()).toMatchObject([{ status: 'marked', amount: 1500 }]);
	expect(await balanceOf('Ben')).toBe(0);
});

test('a share is paid once somebody says so: marked by whoever owes it, confirmed by whoever gets it', async () => {
	expect(isPaid(dinner)).toEqual({ Ana: true, Ben: false, Cleo: false, Dora: false });
	expect(isPaid(await setPaid(ben, 'Ben'))).toEqual({ Ana: true, Ben: true, Cleo: false, Dora: false });
	expect(await settlementsNow()).toMatchObject([
		{
			status: 'marked',
			from: flat.member('Ben'),
			to: flat.member('Ana'),
			amount: 1000,
			expenseId: dinner.id,
			createdBy: flat.member('Ben')
		}
	]);
	expect(await balanceOf('Ben')).toBe(0);
	expect(await balanceOf('Ana')).toBe(2000);
	await setPaid(ana, 'Dora');
	const { settlements } = await ana.api.expenses.get.query({ id: dinner.id });
	expect(settlements.map(({ status }) => status)).toEqual(['marked', 'confirmed']);
	expect(await flat.lastChange()).toMatchObject({
		kind: 'share_paid',
		actorId: flat.member('Ana'),
		summary: { name: 'Dora', title: 'Dinner', amount: 1000 }
	});
	await setPaid(ben, 'Ben', false);
	const { kind, summary } = (await flat.lastChange())!;
	expect({ kind, summary }).toEqual({
		kind: 'share_unpaid',
		summary: { title: 'Dinner', amount: 1000, currency: 'EUR' }
	});
});

test('said again it changes nothing, and it can be taken back', async () => {
	const revision = await flat.revision();
	const answers = await Promise.all(Array.from({ length: 20 }, () => setPaid(ben, 'Ben')));
	expect(answers.every((answer) => isPaid(answer)['Ben'])).toBe(true);
	expect(await settlementsNow()).toHaveLength(1);
	expect(await flat.revision()).toBe(revision + 1);
	expect(isPaid(await setPaid(ana, 'Ben', false))['Ben']).toBe(false);
	expect(await balanceOf('Ben')).toBe(-1000);
	await setPaid(ben, 'Ben', false);
	expect(await flat.revision()).toBe(revision + 2);
	// Who owes nothing has paid, whatever is said.
	await setPaid(ana, 'Ana');
	await setPaid(ana, 'Ana', false);
	expect(await flat.revision()).toBe(revision + 2);
});

test('only the two whose money it is can say so; for a name without an account the other one does', async () => {
	expect(await refusal(setPaid(dora, 'Ben'))).toMatchObject({ code: 'FORBIDDEN', reason: 'share_of_others' });
	await setPaid(ben, 'Ben');
	expect(await refusal(setPaid(dora, 'Ben', false))).toMatchObject({ code: 'FORBIDDEN' });
	expect(await refusal(setPaid(eve, 'Ben'))).toMatchObject({ code: 'NOT_FOUND' });
	expect(await refusal(setPaid(ben, 'Finn'))).toMatchObject({ code: 'NOT_FOUND' }); // not in this expense
	const revision = await flat.revision();
	expect(await refusal(setPaid(dora, 'Cleo'))).toMatchObject({
		code: 'FORBIDDEN',
		reason: 'share_of_others'
	});
	expect(await flat.revision()).toBe(revision);
	expect(isPaid(await setPaid(ana, 'Cleo'))['Cleo']).toBe(true);
	const hers = (await settlementsNow()).find(({ from }) => from === flat.member('Cleo'));
	expect(hers).toMatchObject({ to: flat.member('Ana'), status: 'confirmed' });
	expect(await refusal(setPaid(dora, 'Cleo', false))).toMatchObject({ reason: 'share_of_others' });
});

test('a share that is owed to two is paid to both, each of whom can speak for themselves only', async () => {
	const shared = await ana.api.expenses.create.mutate(
		flat.expense({
			amount: 3000,
			payers: [
				{ memberId: flat.member('Ana'), amount: 1500 },
				{ memberId: flat.member('Dora'), amount: 1500 }
			],
			split: { mode: 'equal', members: [{ memberId: flat.member('Ben') }] }
		})
	);
	expect(isPaid(await setPaid(ana, 'Ben', true, shared.id))['Ben']).toBe(false);
	expect(isPaid(await setPaid(dora, 'Ben', true, shared.id))['Ben']).toBe(true);
	expect((await settlementsNow()).map(({ to, amount, status }) => [to, amount, status]).sort()).toEqual(
		[
			[flat.member('Ana'), 1500, 'confirmed'],
			[flat.member('Dora'), 1500, 'confirmed']
		].sort()
	);
	await setPaid(ben, 'Ben', false, shared.id);
	expect(await settlementsNow()).toEqual([]);
	await setPaid(ben, 'Ben', true, shared.id);
	expect((await settlementsNow()).map(({ status }) => status)).toEqual(['marked', 'marked']);
});

test('when the expense grows, only what is missing is paid', async () => {
	await setPaid(ben, 'Ben');
	const { id, description, date, currency, split } = dinner;
	const grown = await ana.api.expenses.update.mutate({
		id,
		version: 1,
		description,
		date,
		currency,
		split,
		amount: 6000,
		payers: [{ memberId: flat.member('Ana'), amount: 6000 }]
	});
	expect(isPaid(grown)['Ben']).toBe(false);
	await setPaid(ben, 'Ben');
	expect((await settlementsNow()).map(({ amount }) => amount).sort()).toEqual([1000, 500].sort());
	expect(await balanceOf('Ben')).toBe(0);
});

/** Changes dinner, as it is now. */
async function change(who: Person, more: Partial<NewExpense>) {
	const now = await who.api.expenses.get.query({ id: dinner.id });
	return who.api.expenses.update.mutate({
		...now,
		schedule: undefined,
		...more,
		split: more.split ?? now.split
	});
}
const among = (...names: string[]) => ({
	split: { mode: 'equal' as const, members: names.map((name) => ({ memberId: flat.member(name) })) }
});
const paidBy = (name: string) => ({ payers: [{ memberId: flat.member(name), amount: 4000 }] });
const expectEven = async () => {
	const byCurrency = Map.groupBy(await flat.balances(), ({ currency }) => currency);
	const sums = [...byCurrency.values()].map((all) => all.reduce((sum, { amount }) => sum + amount, 0));
	expect(sums.filter((sum) => sum !== 0)).toEqual([]);
};
const details = () => ana.api.expenses.get.query({ id: dinner.id });

test('what somebody paid who is edited out of the expense stays, and can be taken back', async () => {
	await setPaid(ben, 'Ben');
	await change(ana, among('Ana', 'Cleo', 'Dora'));
	// Ben has paid for nothing: he is owed that now.
	expect(await balanceOf('Ben')).toBe(1000);
	await expectEven();
	expect((await details()).settlements).toMatchObject([{ from: flat.member('Ben'), amount: 1000 }]);
	expect(await refusal(setPaid(dora, 'Ben', false))).toMatchObject({ reason: 'share_of_others' });
	// That he owes nothing is so already.
	const revision = await flat.revision();
	await setPaid(ben, 'Ben');
	expect(await flat.revision()).toBe(revision);
	await setPaid(ben, 'Ben', false);
	// His own: no other name is told.
	expect(await flat.lastChange()).toMatchObject({
		kind: 'share_unpaid',
		summary: { amount: 1000, currency: 'EUR' }
	});
	// Sent again it is taken back already.
	await setPaid(ben, 'Ben', false);
	expect(await flat.revision()).toBe(revision + 1);
	expect(await balanceOf('Ben')).toBe(0);
	await expectEven();
	expect(await settlementsNow()).toEqual([]);
	expect(await refusal(setPaid(ben, 'Finn', false))).toMatchObject({ code: 'NOT_FOUND' });
});

test('a share that was paid to one is not paid when it turns out that another one had paid the bill', async () => {
	await setPaid(ben, 'Ben');
	await setPaid(ana, 'Cleo');
	const corrected = await change(ana, paidBy('Dora'));
	expect(isPaid(corrected)).toEqual({ Ana: false, Ben: false, Cleo: false, Dora: true });
	expect((await details()).debts).toEqual(
		expect.arrayContaining(
			['Ana', 'Ben', 'Cleo'].map((name) => ({
				...{ from: flat.member(name), to: flat.member('Dora'), amount: 1000 }
			}))
		)
	);
	// Ana has what was Dora's, and gives it back; or they pay Dora, and Ana owes it to them.
	expect(await balanceOf('Ana')).toBe(-3000);
	expect(await balanceOf('Ben')).toBe(0);
	expect(isPaid(await setPaid(ben, 'Ben'))['Ben']).toBe(true);
	expect(await balanceOf('Ben')).toBe(1000);
	await expectEven();
	expect(await settlementsNow()).toHaveLength(3);
	// Who has to do with only one of his payments takes that one back.
	expect(isPaid(await setPaid(dora, 'Ben', false))['Ben']).toBe(false);
	expect((await settlementsNow()).every(({ to }) => to === flat.member('Ana'))).toBe(true);
	expect(isPaid(await setPaid(ben, 'Ben'))['Ben']).toBe(true);
	await setPaid(ben, 'Ben', false);
	expect((await settlementsNow()).map(({ from }) => from)).toEqual([flat.member('Cleo')]);
	expect(await balanceOf('Ben')).toBe(-1000);

	// Back as it was, what Cleo had paid counts as before.
	const back = await change(ana, paidBy('Ana'));
	expect(isPaid(back)).toEqual({ Ana: true, Ben: false, Cleo: true, Dora: false });
	await expectEven();
});

test('where several had paid, what was paid to one of them counts as far as that one is still owed', async () => {
	await setPaid(ben, 'Ben');
	const payers = [
		{ memberId: flat.member('Ana'), amount: 1400 },
		{ memberId: flat.member('Dora'), amount: 2600 }
	];
	// Ana is 4.00 ahead now, and has had 10.00.
	expect(isPaid(await change(ana, { payers }))).toMatchObject({ Ana: true, Ben: false });
	const owes = (await details()).debts.filter(({ from }) => from === flat.member('Ben'));
	expect(owes).toEqual([{ from: flat.member('Ben'), to: flat.member('Dora'), amount: 600 }]);
	expect(isPaid(await setPaid(dora, 'Ben'))['Ben']).toBe(true);
	expect((await settlementsNow()).map(({ amount }) => amount).sort()).toEqual([1000, 600].sort());
	await expectEven();
});

test('what was paid before the expense got another currency pays no share of it, and can be taken back', async () => {
	await setPaid(ben, 'Ben');
	const inDollars = await change(ana, { currency: 'USD' });
	expect(isPaid(inDollars)['Ben']).toBe(false);
	expect(await balanceOf('Ben')).toBe(1000); // the euros, which came first
	await expectEven();
	expect(isPaid(await setPaid(ben, 'Ben'))['Ben']).toBe(true);
	expect((await settlementsNow()).map(({ currency }) => currency).sort()).toEqual(['EUR', 'USD']);
	const revision = await flat.revision();
	expect(isPaid(await setPaid(ben, 'Ben', false))['Ben']).toBe(false);
	expect(await settlementsNow()).toEqual([]);
	// Euros and dollars are told as what they are.
	expect(await flat.revision()).toBe(revision + 2);
	const log = await db.activity.findMany({ where: { groupId: flat.id, revision: { gt: revision } } });
	expect(log.map(({ kind, summary }) => [kind, summary])).toEqual(
		['EUR', 'USD'].map((currency) => ['share_unpaid', { title: 'Dinner', amount: 1000, currency }])
	);

	// With a rate, it is what it is owed in that counts.
	await setPaid(ben, 'Ben');
	const converted = await change(ana, { conversion: { currency: 'EUR', rate: '0.5' } });
	expect(isPaid(converted)['Ben']).toBe(false);
	expect(isPaid(await setPaid(ben, 'Ben'))['Ben']).toBe(true);
	expect((await settlementsNow()).find(({ currency }) => currency === 'EUR')).toMatchObject({ amount: 500 });
	await expectEven();
});

test('a payment is answered as taken back when its id is sent again', async () => {
	const one = { ...settlement('Ben', 'Ana'), id: v7() };
	expect(await ben.api.settlements.create.mutate(one)).toMatchObject({ id: one.id, deletedAt: null });
	await ana.api.settlements.remove.mutate({ id: one.id });
	const revision = await flat.revision();
	const again = await ben.api.settlements.create.mutate(one);
	expect(again).toMatchObject({ id: one.id, deletedAt: expect.any(String) as string });
	expect(await flat.revision()).toBe(revision);
	expect(await settlementsNow()).toEqual([]);
	expect(await refusal(ana.api.settlements.create.mutate(one))).toMatchObject({ reason: 'id_taken' });
});

test('what both sides write down is one payment, unless it is said that it is another', async () => {
	const exists = { code: 'CONFLICT', reason: 'settlement_exists' };
	const say = (who: Person, more: object = {}) =>
		who.api.settlements.create.mutate({ ...settlement('Ben', 'Ana'), date: '2026-02-10', ...more });

	// Marked by whoever paid: whoever got it confirms that one.
	const marked = await say(ben);
	const revision = await flat.revision();
	expect(await refusal(say(ana, { date: '2026-02-14' }))).toMatchObject({
		...exists,
		current: { id: marked.id, status: 'marked', createdBy: flat.member('Ben') }
	});
	expect(await flat.revision()).toBe(revision);
	// Another amount, another currency, and what is long past are other payments, as is what one says twice oneself.
	for (const more of [{ amount: 999 }, { currency: 'USD' }, { date: '2026-02-16' }]) await say(ana, more);
	expect((await say(ben)).id).not.toBe(marked.id);
	for (const { id } of await settlementsNow()) await ana.api.settlements.confirm.mutate({ id });
	// Both have said that: the next one is new.
	const hers = await say(ana);
	expect(hers.status).toBe('confirmed');

	// Written down by whoever got it: whoever paid has nothing to add.
	expect(await refusal(say(ben))).toMatchObject({ ...exists, current: { id: hers.id, status: 'confirmed' } });
	const again = { id: v7(), again: true };
	expect((await say(ben, again)).status).toBe('marked');
	expect((await say(ben, again)).id).toBe(again.id);

	// What is disputed or taken back is no payment that the new one could be.
	for (const { id } of await settlementsNow()) await ana.api.settlements.remove.mutate({ id });
	const third = await say(ben);
	await ana.api.settlements.dispute.mutate({ id: third.id });
	expect((await say(ana)).status).toBe('confirmed');
});

test('two sides who write the same payment down at once make one', async () => {
	const one = settlement('Ben', 'Ana');
	const ends = await Promise.allSettled([
		ben.api.settlements.create.mutate(one),
		ana.api.settlements.create.mutate(one)
	]);
	expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
	expect(await settlementsNow()).toHaveLength(1);
	expect(await balanceOf('Ben')).toBe(0);
});

test('settlements go through all their states, and count until they are disputed', async () => {
	const { id, status } = await ben.api.settlements.create.mutate({
		...settlement('Ben', 'Ana'),
		note: 'Cash'
	});
	expect(status).toBe('marked');
	expect(await balanceOf('Ben')).toBe(0);
	expect(await refusal(ben.api.settlements.confirm.mutate({ id }))).toMatchObject({
		code: 'FORBIDDEN',
		reason: 'settlement_payee_only'
	});
	expect(await refusal(ben.api.settlements.dispute.mutate({ id }))).toMatchObject({ code: 'FORBIDDEN' });
	expect(await refusal(dora.api.settlements.confirm.mutate({ id }))).toMatchObject({ code: 'FORBIDDEN' });
	expect(await refusal(dora.api.settlements.remove.mutate({ id }))).toMatchObject({ code: 'FORBIDDEN' });
	for (const verb of ['confirm', 'dispute', 'remove'] as const) {
		expect(await refusal(eve.api.settlements[verb].mutate({ id }))).toMatchObject({ code: 'NOT_FOUND' });
	}
	await ana.api.settlements.dispute.mutate({ id, note: 'Nothing came' });
	expect(await balanceOf('Ben')).toBe(-1000);
	expect(await settlementsNow()).toMatchObject([
		{ status: 'disputed', disputeNote: 'Nothing came', note: 'Cash' }
	]);
	const revision = await flat.revision();
	await ana.api.settlements.dispute.mutate({ id });
	expect(await flat.revision()).toBe(revision);
	expect((await ana.api.settlements.confirm.mutate({ id })).status).toBe('confirmed');
	await ana.api.settlements.confirm.mutate({ id });
	expect(await flat.revision()).toBe(revision + 1);
	expect(await balanceOf('Ben')).toBe(0);
	await ben.api.settlements.remove.mutate({ id });
	await ben.api.settlements.remove.mutate({ id });
	expect(await flat.revision()).toBe(revision + 2);
	expect(await settlementsNow()).toEqual([]);
	expect(await refusal(ana.api.settlements.confirm.mutate({ id }))).toMatchObject({ code: 'NOT_FOUND' });
});

const leaves = (name: string) =>
	db.member.update({ where: { id: flat.member(name) }, data: { removedAt: new Date() } });

/** Tries everything that can be done about a payment, and says what is refused. */
async function mayAnswer({ api }: Person, id: string): Promise<Record<string, boolean>> {
	const may = async (call: Promise<unknown>) =>
		call.then(
			() => true,
			async () => {
				expect((await refusal(call)).code).toBe('FORBIDDEN');
				return false;
			}
		);
	return {
		dispute: await may(api.settlements.dispute.mutate({ id })),
		confirm: await may(api.settlements.confirm.mutate({ id })),
		remove: await may(api.settlements.remove.mutate({ id }))
	};
}
const everything = { dispute: true, confirm: true, remove: true };
const nothing = { dispute: false, confirm: false, remove: false };

test('each side speaks for itself, for one that is absent the other, and where both are, anybody', async () => {
	const made = (who: Person, from: string, to: string) =>
		who.api.settlements.create.mutate({ ...settlement(from, to), again: true });
	const others = { code: 'FORBIDDEN', reason: 'settlement_of_others' };
	const statusOf = async (who: Person, from: string, to: string) => (await made(who, from, to)).status;
	expect(await statusOf(ana, 'Ben', 'Ana')).toBe('confirmed');
	expect(await refusal(made(dora, 'Ben', 'Ana'))).toMatchObject(others);

	// One of the two has no account: the other one's word counts for both, and no third person's.
	const toCleo = await made(ben, 'Ben', 'Cleo');
	expect(toCleo.status).toBe('confirmed');
	expect(await statusOf(ana, 'Cleo', 'Ana')).toBe('confirmed');
	const revision = await flat.revision();
	for (const [from, to] of [
		['Ben', 'Cleo'],
		['Cleo', 'Ana'],
		['Ana', 'Finn']
	] as const) {
		expect(await refusal(made(dora, from, to))).toMatchObject(others);
	}
	expect(await mayAnswer(dora, toCleo.id)).toEqual(nothing);
	expect(await flat.revision()).toBe(revision);
	expect(await mayAnswer(ben, toCleo.id)).toEqual(everything);

	// Nobody else could say anything about these.
	const between = await made(dora, 'Cleo', 'Finn');
	expect(between.status).toBe('confirmed');
	expect(await mayAnswer(ana, between.id)).toEqual(everything);

	// Whoever has left cannot speak for themselves any more.
	const toAna = await made(ben, 'Ben', 'Ana');
	expect(toAna.status).toBe('marked');
	expect(await mayAnswer(dora, toAna.id)).toEqual(nothing);
	await leaves('Ana');
	expect(await mayAnswer(dora, toAna.id)).toEqual(nothing);
	expect(await mayAnswer(ben, toAna.id)).toEqual(everything);
	const toFormer = await made(dora, 'Dora', 'Ana');
	expect(toFormer.status).toBe('confirmed');
	expect(await refusal(made(dora, 'Ben', 'Ana'))).toMatchObject(others);
	await leaves('Ben');
	expect(await statusOf(dora, 'Ben', 'Ana')).toBe('confirmed');
	expect(await statusOf(dora, 'Ben', 'Cleo')).toBe('confirmed');
});

test('whoever claims a name speaks for it from then on, and the others do not any more', async () => {
	const { id } = await ben.api.settlements.create.mutate(settlement('Ben', 'Cleo'));
	const { code } = await ana.api.invites.create.mutate({ groupId: flat.id, memberId: flat.member('Cleo') });
	const cleo = await quits.meet('Cleo');
	await cleo.api.members.claim.mutate({ code, memberId: flat.member('Cleo') });
	expect(await mayAnswer(ben, id)).toEqual({ ...nothing, remove: true });
	const again = await ben.api.settlements.create.mutate(settlement('Ben', 'Cleo'));
	expect(again.status).toBe('marked');
	expect(await mayAnswer(cleo, again.id)).toEqual(everything);
});

test('what is wrong with a settlement is said', async () => {
	const off = (more: object) =>
		refusal(ben.api.settlements.create.mutate({ ...settlement('Ben', 'Ana'), ...more }));
	expect(await off({ to: flat.member('Ben') })).toMatchObject({ reason: 'settlement_self' });
	const other = await makeGroup(quits.app, [eve]);
	expect(await off({ to: other.member('Eve') })).toMatchObject({ reason: 'unknown_member' });
	for (const bad of [
		{ amount: 0 },
		{ amount: -5 },
		{ amount: 1e14 },
		{ currency: 'XXQ' },
		{ date: '1900-01-01' }
	]) {
		expect(await off(bad)).toMatchObject({ reason: 'invalid' });
	}
	await importStatement(eve, statement(bookings(1)));
	const [row] = await transactionsOf(eve);
	expect(await off({ transactionId: row!.id })).toMatchObject({ code: 'NOT_FOUND' });
	const { id } = await ben.api.settlements.create.mutate(settlement('Ben', 'Ana'));
	const taken = eve.api.settlements.create.mutate({
		...settlement('Ben', 'Ana'),
		groupId: other.id,
		id
	});
	expect(await refusal(taken)).toMatchObject({ code: 'CONFLICT', reason: 'id_taken' });
	expect(await refusal(eve.api.settlements.list.query({ groupId: flat.id }))).toMatchObject({
		code: 'NOT_FOUND'
	});
});

test('the same settlement sent twenty times at once is there once; pages come newest first', async () => {
	const revision = await flat.revision();
	const one = { ...settlement('Ben', 'Ana'), id: v7(), date: '2026-02-01' };
	const answers = await Promise.all(Array.from({ length: 20 }, () => ben.api.settlements.create.mutate(one)));
	expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
	expect(await flat.revision()).toBe(revision + 1);
	for (const date of ['2026-02-03', '2026-02-02', '2026-02-03']) {
		await ben.api.settlements.create.mutate({ ...settlement('Ben', 'Ana', 1), date });
	}
	const groupId = flat.id;
	const first = await ana.api.settlements.list.query({ groupId, limit: 2 });
	const second = await ana.api.settlements.list.query({ groupId, limit: 2, cursor: first.nextCursor! });
	expect([...first.items, ...second.items].map(({ date }) => date)).toEqual([
		'2026-02-03',
		'2026-02-03',
		'2026-02-02',
		'2026-02-01'
	]);
	expect(second.nextCursor).toBeNull();
});
