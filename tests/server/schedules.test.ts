import { v7 } from 'uuid';
import { beforeEach, expect, test } from 'vitest';
import { inTx } from '#server/db/client.ts';
import { enqueue } from '#server/outbox.ts';
import { runSchedules } from '#server/schedules/run.ts';
import { refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { makeGroup, type NewExpense, type TestGroup } from '../support/group.ts';

// The jobs do not run by themselves, so that a test says when it is.
const quits = await startTestApp({ work: false });
const { app } = quits;
const { db } = app;
const ana = await quits.meet('Ana');
const ben = await quits.meet('Ben');
const eve = await quits.meet('Eve');

let flat: TestGroup;
beforeEach(async () => {
	await db.expenseSchedule.deleteMany();
	flat = await makeGroup(app, [ana, ben]);
});

const at = (date: string): Date => new Date(`${date}T12:00:00Z`);
const run = (date: string) => runSchedules(app, v7(), at(date));
const rent = (more: Partial<NewExpense> = {}) =>
	flat.expense({ description: 'Rent', date: '2026-01-31', schedule: { cadence: 'monthly' }, ...more });
const dates = async (): Promise<string[]> =>
	(await ana.api.expenses.list.query({ groupId: flat.id, limit: 200 })).items
		.map(({ date }) => date)
		.reverse();
const schedules = () => ana.api.schedules.list.query({ groupId: flat.id });

test('an expense comes again on its dates, also those that were missed, each once', async () => {
	const { id, scheduleId } = await ana.api.expenses.create.mutate(rent({ amount: 1001 }));
	expect((await ana.api.expenses.get.query({ id })).schedule).toMatchObject({
		id: scheduleId,
		cadence: 'monthly',
		nextDate: '2026-02-28',
		endedAt: null
	});
	await run('2026-02-27');
	expect(await dates()).toEqual(['2026-01-31']);
	await run('2026-02-28');
	await run('2026-02-28');
	expect(await dates()).toEqual(['2026-01-31', '2026-02-28']);
	await run('2026-06-01');
	expect(await dates()).toEqual(['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31']);
	const { items } = await ana.api.expenses.list.query({ groupId: flat.id });
	expect(items.every((expense) => expense.scheduleId === scheduleId && expense.amount === 1001)).toBe(true);
	expect(items[0]).toMatchObject({ createdBy: flat.member('Ana'), description: 'Rent' });
	expect((await flat.balances()).reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
});

test('a person does not have to look: the group hears of it at once', async () => {
	await ana.api.expenses.create.mutate(rent());
	await run('2026-02-28');
	const revision = await flat.revision();
	const heard = await ben.live.until(
		'group:changed',
		(event) => event.groupId === flat.id && event.revision === revision
	);
	expect(heard).toMatchObject({
		kind: 'expense_added',
		actorId: flat.member('Ana')
	});
});

test('run five times at once, nothing is made twice', async () => {
	await ana.api.expenses.create.mutate(rent({ date: '2026-01-01', schedule: { cadence: 'weekly' } }));
	await Promise.all(Array.from({ length: 5 }, () => run('2026-03-01')));
	const made = await dates();
	expect(made).toHaveLength(9);
	expect(new Set(made).size).toBe(9);
	expect(await flat.revision()).toBe(10);
});

test('what died between making one and moving on makes it once', async () => {
	const { scheduleId } = await ana.api.expenses.create.mutate(rent());
	await run('2026-02-28');
	// As if the date had not been moved on; the two are one transaction, so this is worse than can be.
	await db.expenseSchedule.update({ where: { id: scheduleId! }, data: { nextDate: '2026-02-28' } });
	await run('2026-03-31');
	expect(await dates()).toEqual(['2026-01-31', '2026-02-28', '2026-03-31']);
});

test('it ends after its last date, and when somebody ends it', async () => {
	await ana.api.expenses.create.mutate(rent({ schedule: { cadence: 'monthly', lastDate: '2026-03-31' } }));
	await run('2026-12-01');
	expect(await dates()).toEqual(['2026-01-31', '2026-02-28', '2026-03-31']);
	expect(await schedules()).toMatchObject([{ nextDate: null, stopped: null }]);

	const { scheduleId } = await ana.api.expenses.create.mutate(rent({ date: '2026-05-01' }));
	expect(await refusal(eve.api.schedules.end.mutate({ id: scheduleId! }))).toMatchObject({
		code: 'NOT_FOUND'
	});
	expect(await refusal(eve.api.schedules.list.query({ groupId: flat.id }))).toMatchObject({
		code: 'NOT_FOUND'
	});
	await ben.api.schedules.end.mutate({ id: scheduleId! });
	const revision = await flat.revision();
	await ben.api.schedules.end.mutate({ id: scheduleId! });
	expect(await flat.revision()).toBe(revision);
	expect(await flat.lastChange()).toMatchObject({
		kind: 'schedule_ended',
		actorId: flat.member('Ben'),
		summary: { title: 'Rent' }
	});
	await run('2026-12-01');
	expect(await dates()).toHaveLength(4);
	const bad = rent({ schedule: { cadence: 'monthly', lastDate: '2026-01-30' } });
	expect(await refusal(ana.api.expenses.create.mutate(bad))).toMatchObject({ reason: 'bad_last_date' });
});

test('when somebody in it has left it stops, and says why; among everybody, it goes on without them', async () => {
	const named = ['Ana', 'Ben'].map((name) => ({ memberId: flat.member(name) }));
	await ana.api.expenses.create.mutate(rent({ split: { mode: 'equal', members: named } }));
	await ana.api.expenses.create.mutate(rent({ description: 'Internet' }));
	await db.member.update({ where: { id: flat.member('Ben') }, data: { removedAt: new Date() } });
	await run('2026-03-01');
	const listed = await schedules();
	expect(listed).toMatchObject([
		{ description: 'Internet', nextDate: '2026-03-31', stopped: null },
		{ description: 'Rent', nextDate: null, stopped: { reason: 'member_removed', params: { name: 'Ben' } } }
	]);
	const { items } = await ana.api.expenses.list.query({ groupId: flat.id });
	expect(items.filter(({ date }) => date === '2026-02-28')).toMatchObject([
		{ description: 'Internet', shares: [{ memberId: flat.member('Ana'), amount: 3000 }] }
	]);
});

test('an archived group rests', async () => {
	await ana.api.expenses.create.mutate(rent());
	await db.group.update({ where: { id: flat.id }, data: { archivedAt: new Date() } });
	await run('2026-03-01');
	expect(await dates()).toHaveLength(1);
	await db.group.update({ where: { id: flat.id }, data: { archivedAt: null } });
	await run('2026-03-01');
	expect(await dates()).toHaveLength(2);
});

test('an update lets it come again, changes how, and ends it', async () => {
	const made = await ana.api.expenses.create.mutate(flat.expense({ date: '2026-01-10' }));
	const again = (version: number, more: Partial<NewExpense>) =>
		ana.api.expenses.update.mutate({
			...flat.expense({ date: '2026-01-10' }),
			...more,
			id: made.id,
			version
		});
	const second = await again(1, { schedule: { cadence: 'monthly' } });
	expect(second.scheduleId).not.toBeNull();
	expect(await again(2, { schedule: { cadence: 'monthly' } })).toMatchObject({ version: 2 });
	expect(await again(2, {})).toMatchObject({ version: 2, scheduleId: second.scheduleId });
	await run('2026-02-10');
	await again(2, { schedule: { cadence: 'weekly' } });
	expect(await schedules()).toMatchObject([
		{ id: second.scheduleId, cadence: 'weekly', nextDate: '2026-02-14' }
	]);
	expect(await flat.lastChange()).toMatchObject({
		changes: {
			schedule: [
				{ cadence: 'monthly', lastDate: null },
				{ cadence: 'weekly', lastDate: null }
			]
		}
	});
	await again(3, { schedule: null });
	expect(await schedules()).toMatchObject([{ nextDate: null, stopped: null }]);
	await run('2026-12-01');
	expect(await dates()).toEqual(['2026-01-10', '2026-02-10']);
});

test('the job is done when its row is gone', async () => {
	const jobId = await inTx(db, (tx) => enqueue(tx, 'expense-schedules', {}));
	await runSchedules(app, jobId, at('2026-02-28'));
	expect(await db.outbox.count({ where: { id: jobId } })).toBe(0);
});
