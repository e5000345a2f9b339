/** A group that is deleted is gone for everybody, with all that was in it, and leaves everything else alone. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { beforeEach, expect, test } from 'vitest';
import { addMonths } from '#lib/dates.ts';
import { findMembership } from '#server/groups/membership.ts';
import { keepHouse } from '#server/housekeeping.ts';
import { putReceipt } from '#server/receipts/put.ts';
import { groupRoom } from '#server/realtime/rooms.ts';
import { runSchedules } from '#server/schedules/run.ts';
import { groupRowsOf } from '../support/access/group-things.ts';
import { refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { makeGroup, type TestGroup } from '../support/group.ts';
import { importStatement, transactionsOf, type Person } from '../support/person.ts';
import { bookings, statement } from '../support/statement.ts';

const quits = await startTestApp();
const { app } = quits;
const { db } = app;
const receipts = join(app.config.dataDir, 'receipts');

const ana = await quits.meet('Ana');
const ben = await quits.meet('Ben');
const eve = await quits.meet('Eve');
let flat: TestGroup;
let groupId: string;
beforeEach(async () => {
	flat = await makeGroup(app, [ana, ben], { guests: ['Cleo'] });
	groupId = flat.id;
});

const remove = (who: Person = ana) => who.api.groups.remove.mutate({ groupId });
const notFound = { code: 'NOT_FOUND', reason: 'not_found' };
const gif = (text: string) => new TextEncoder().encode(`GIF89a ${text}`);

const budget = { name: 'All', categoryIds: [], currency: 'EUR', amount: 2000, period: 'monthly' as const };

/** An expense with something of everything. */
async function dinner(more: object = {}): Promise<string> {
	const today = new Date().toISOString().slice(0, 10);
	const { id } = await ana.api.expenses.create.mutate(
		flat.expense({ date: addMonths(today, -2), schedule: { cadence: 'monthly' }, ...more })
	);
	await ben.api.expenses.comment.mutate({ id, text: 'It was good' });
	await ben.api.shares.setPaid.mutate({ expenseId: id, memberId: flat.member('Ben'), paid: true });
	await putReceipt(app, await findMembership(db, ana.id, groupId), id, gif(id));
	return id;
}

/** How many rows there are of a group, table by table. */
const rowsOf = async (id: string): Promise<number[]> => {
	const where = { where: { groupId: id } };
	return Promise.all([
		db.group.count({ where: { id } }),
		db.member.count(where),
		db.groupInvite.count(where),
		db.expense.count(where),
		db.expensePart.count(where),
		db.comment.count({ where: { expense: { groupId: id } } }),
		db.settlement.count(where),
		db.expenseSchedule.count(where),
		db.budget.count(where),
		db.activity.count(where)
	]);
};

test('an owner deletes it: every row and file of it goes, and nothing of another group', async () => {
	const other = await makeGroup(app, [ben, ana]);
	const { id: elsewhere } = await ben.api.expenses.create.mutate(other.expense());
	await putReceipt(app, await findMembership(db, ben.id, other.id), elsewhere, gif('elsewhere'));
	const ids = [await dinner(), await dinner()];
	await ben.api.expenses.remove.mutate({ id: ids[1]! });
	await ben.api.budgets.create.mutate({ ...budget, groupId });
	await ana.api.invites.create.mutate({ groupId });
	await ana.api.members.remove.mutate({ groupId, memberId: flat.member('Cleo') });
	await ana.api.invites.create.mutate({ groupId });
	expect((await rowsOf(groupId)).every((count) => count > 0)).toBe(true);
	expect(readdirSync(receipts)).toEqual(expect.arrayContaining(ids));
	const before = await rowsOf(other.id);

	expect(await remove()).toEqual({ ok: true });
	expect(await rowsOf(groupId)).toEqual(Array(10).fill(0));
	expect(readdirSync(receipts).filter((name) => ids.includes(name))).toEqual([]);
	expect(await rowsOf(other.id)).toEqual(before);
	expect(existsSync(join(receipts, elsewhere))).toBe(true);
	for (const { api } of [ana, ben]) {
		expect((await api.groups.list.query()).map(({ id }) => id)).not.toContain(groupId);
		expect(await refusal(api.groups.get.query({ groupId }))).toMatchObject(notFound);
		expect(await refusal(api.expenses.get.query({ id: ids[0]! }))).toMatchObject(notFound);
	}
	expect(await refusal(remove())).toMatchObject(notFound);
});

test('only an owner does, in the archive too, and with a fresh proof of who they are', async () => {
	expect(await refusal(remove(eve))).toMatchObject(notFound);
	const ownerOnly = { code: 'FORBIDDEN', reason: 'owner_only' };
	expect(await refusal(remove(ben))).toMatchObject(ownerOnly);
	await ana.api.groups.archive.mutate({ groupId, archived: true });
	expect(await refusal(remove(ben))).toMatchObject(ownerOnly);
	const sessions = { where: { userId: ana.id } };
	await db.session.updateMany({ ...sessions, data: { provedAt: new Date(Date.now() - 11 * 60_000) } });
	expect(await refusal(remove())).toMatchObject({ code: 'STEP_UP_REQUIRED' });
	await db.session.updateMany({ ...sessions, data: { provedAt: new Date() } });
	await remove();
	expect(await rowsOf(groupId)).toEqual(Array(10).fill(0));
});

test('everybody’s open pages leave at once, and hear nothing of that id any more', async () => {
	await ana.api.expenses.create.mutate(flat.expense());
	const revision = await flat.revision();
	await ben.live.until('group:changed', (event) => event.groupId === groupId && event.revision === revision);
	await remove();
	expect(await app.live.sockets.in(groupRoom(groupId)).fetchSockets()).toEqual([]);
	for (const { live } of [ana, ben]) {
		const left = await live.until('group:left', (event) => event.groupId === groupId);
		expect(left).toEqual({ groupId, deleted: true });
	}
	expect(eve.live.all('group:left').filter((event) => event.groupId === groupId)).toEqual([]);
	// Somebody takes the id: it is another group, of which nobody hears or is told what was in the old one.
	await eve.api.groups.create.mutate({ id: groupId, name: 'Mine', currency: 'EUR' });
	await eve.live.until('group:changed', (event) => event.groupId === groupId);
	for (const { live } of [ana, ben]) {
		const { heard } = live;
		const last = heard.findLastIndex(({ payload }) => 'groupId' in payload && payload.groupId === groupId);
		expect(heard[last]?.event).toBe('group:left');
	}
});

test('what was remembered of it is not told to whoever makes a group with its id', async () => {
	await ana.api.expenses.create.mutate(flat.expense({ amount: 1000 }));
	expect((await ana.api.groups.balances.query({ groupId })).members).toHaveLength(3);
	await ana.api.groups.get.query({ groupId });
	await remove();
	await eve.api.groups.create.mutate({ id: groupId, name: 'Mine', currency: 'EUR' });
	const { members, debts, revision } = await eve.api.groups.balances.query({ groupId });
	expect({ names: members.map(({ name }) => name), debts, revision }).toEqual({
		names: ['Eve'],
		debts: [],
		revision: 1
	});
	expect((await eve.api.groups.get.query({ groupId })).members).toMatchObject([{ name: 'Eve', odd: 0 }]);
});

test('bank transactions stay, tied to nothing, and count in full again', async () => {
	await importStatement(ana, statement(bookings(20)));
	const transaction = (await transactionsOf(ana)).find(({ amount }) => amount < 0)!;
	const month = transaction.date.slice(0, 7);
	const summary = (mine: boolean) => ana.api.transactions.summary.query({ month, mine });
	const whole = await summary(true);
	await ana.api.expenses.create.mutate(
		flat.expense({
			date: transaction.date,
			amount: -transaction.amount,
			payers: [{ memberId: flat.member('Ana'), amount: -transaction.amount }],
			transactionId: transaction.id
		})
	);
	expect(await summary(true)).not.toEqual(whole);
	expect((await ana.api.transactions.get.query({ id: transaction.id })).split).toMatchObject({ groupId });
	await remove();
	expect(await summary(true)).toEqual(whole);
	expect((await ana.api.transactions.get.query({ id: transaction.id })).split).toBeNull();
});

test('budgets over what was one’s share of it are looked at', async () => {
	const today = new Date().toISOString().slice(0, 10);
	const cleo = await quits.meet('Cleo');
	const shopping = { date: today, text: 'Supermarket', amount: -3000 };
	await importStatement(cleo, statement([...bookings(20), shopping]));
	const { id: transactionId } = (await transactionsOf(cleo)).find(({ date }) => date === today)!;
	const { code } = await ana.api.invites.create.mutate({ groupId });
	const { memberId } = await cleo.api.invites.accept.mutate({ code });
	await cleo.api.expenses.create.mutate(
		flat.expense({ date: today, payers: [{ memberId, amount: 3000 }], transactionId })
	);
	const { id } = await cleo.api.budgets.create.mutate({ ...budget, ownShare: true, thresholds: [100] });
	const raised = () => db.alert.count({ where: { budgetId: id } });
	await cleo.api.members.leave.mutate({ groupId });
	expect(await raised()).toBe(0);
	await remove();
	await expect.poll(raised, { timeout: 10_000 }).toBe(1);
});

test('what was under way for it does nothing: schedules, receipts, invitations, calls that waited', async () => {
	const id = await dinner();
	const membership = await findMembership(db, ana.id, groupId);
	const { code } = await ana.api.invites.create.mutate({ groupId });
	const beside = [
		() => ben.api.expenses.create.mutate(flat.expense()),
		() => ben.api.members.add.mutate({ groupId, name: v7() }),
		() => putReceipt(app, membership, id, gif('late')),
		() => eve.api.invites.accept.mutate({ code }),
		() => runSchedules(app, v7()),
		() => ben.api.groups.balances.query({ groupId }),
		() => ben.api.groups.get.query({ groupId })
	];
	const all = beside.map((call) => call());
	const answers = await Promise.allSettled([remove(), ...all, ...beside.map((call) => call())]);
	expect(answers[0]!.status).toBe('fulfilled');
	for (const answer of answers) {
		if (answer.status === 'fulfilled') continue;
		const { data, code: own } = answer.reason as { data?: { code: string }; code?: string };
		expect(['NOT_FOUND', 'FORBIDDEN']).toContain(data?.code ?? own);
	}
	await runSchedules(app, v7());
	expect(await refusal(eve.api.invites.accept.mutate({ code }))).toMatchObject({ reason: 'invite_invalid' });
	expect(await rowsOf(groupId)).toEqual(Array(10).fill(0));
	await keepHouse(app, v7());
	expect(existsSync(join(receipts, id))).toBe(false);
	expect(readdirSync(receipts).filter((name) => name.startsWith('new-'))).toEqual([]);
	expect(await groupRowsOf(db, eve.id)).not.toMatchObject({ groups: [{ id: groupId }] });
});
