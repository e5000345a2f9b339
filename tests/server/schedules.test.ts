import { v7 } from 'uuid';
import { beforeEach, expect, test } from 'vitest';
import { addDays, addMonths, daysBetween } from '#lib/dates.ts';
import { occurrence } from '#lib/groups/schedule.ts';
import { inTx } from '#server/db/client.ts';
import { enqueue } from '#server/outbox.ts';
import { mostAtOnce, runSchedules } from '#server/schedules/run.ts';
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

/** A schedule begins a year back at most, so the dates are those around the last 31st of January. */
const today = new Date().toISOString().slice(0, 10);
const january = [0, -1]
	.map((years) => `${Number(today.slice(0, 4)) + years}-01-31`)
	.find((date) => date <= today)!;
/** The month's last day: 1 is February. */
const endOf = (month: number): string => occurrence(january, 'monthly', month);
const theFirst = (month: number): string => addDays(endOf(month - 1), 1);

const rent = (more: Partial<NewExpense> = {}) =>
	flat.expense({ description: 'Rent', date: january, schedule: { cadence: 'monthly' }, ...more });
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
		nextDate: endOf(1),
		endedAt: null
	});
	await run(addDays(endOf(1), -1));
	expect(await dates()).toEqual([january]);
	await run(endOf(1));
	await run(endOf(1));
	expect(await dates()).toEqual([january, endOf(1)]);
	await run(theFirst(5));
	expect(await dates()).toEqual([0, 1, 2, 3, 4].map(endOf));
	const { items } = await ana.api.expenses.list.query({ groupId: flat.id });
	expect(items.every((expense) => expense.scheduleId === scheduleId && expense.amount === 1001)).toBe(true);
	expect(items[0]).toMatchObject({ createdBy: flat.member('Ana'), description: 'Rent' });
	expect((await flat.balances()).reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
});

test('what is due already is promised with the expense, and nothing else is', async () => {
	const promised = () => db.outbox.count({ where: { queue: 'expense-schedules' } });
	const before = await promised();
	await ana.api.expenses.create.mutate(rent({ date: today }));
	expect(await promised()).toBe(before);
	const { id, version } = await ana.api.expenses.create.mutate(rent({ date: addMonths(today, -2) }));
	expect(await promised()).toBe(before + 1);
	await ana.api.expenses.update.mutate({
		...rent({ date: addMonths(today, -2), schedule: { cadence: 'weekly' } }),
		id,
		version
	});
	expect(await promised()).toBe(before + 2);
});

test('a person does not have to look: the group hears of it at once', async () => {
	await ana.api.expenses.create.mutate(rent());
	await run(endOf(1));
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
	await ana.api.expenses.create.mutate(rent({ schedule: { cadence: 'weekly' } }));
	await Promise.all(Array.from({ length: 5 }, () => run(addDays(january, 8 * 7 + 3))));
	const made = await dates();
	expect(made).toHaveLength(9);
	expect(new Set(made).size).toBe(9);
	expect(await flat.revision()).toBe(10);
});

test('what died between making one and moving on makes it once', async () => {
	const { scheduleId } = await ana.api.expenses.create.mutate(rent());
	await run(endOf(1));
	// As if the date had not been moved on; the two are one transaction, so this is worse than can be.
	await db.expenseSchedule.update({ where: { id: scheduleId! }, data: { nextDate: endOf(1) } });
	await run(endOf(2));
	expect(await dates()).toEqual([january, endOf(1), endOf(2)]);
});

test('it ends after its last date, and when somebody ends it', async () => {
	await ana.api.expenses.create.mutate(rent({ schedule: { cadence: 'monthly', lastDate: endOf(2) } }));
	await run(theFirst(11));
	expect(await dates()).toEqual([january, endOf(1), endOf(2)]);
	expect(await schedules()).toMatchObject([{ nextDate: null, stopped: null }]);

	const { scheduleId } = await ana.api.expenses.create.mutate(rent({ date: theFirst(4) }));
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
	await run(theFirst(11));
	expect(await dates()).toHaveLength(4);
	const bad = rent({ schedule: { cadence: 'monthly', lastDate: addDays(january, -1) } });
	expect(await refusal(ana.api.expenses.create.mutate(bad))).toMatchObject({ reason: 'bad_last_date' });
});

test('when somebody in it has left it stops, and says why; among everybody, it goes on without them', async () => {
	const named = ['Ana', 'Ben'].map((name) => ({ memberId: flat.member(name) }));
	await ana.api.expenses.create.mutate(rent({ split: { mode: 'equal', members: named } }));
	await ana.api.expenses.create.mutate(rent({ description: 'Internet' }));
	await db.member.update({ where: { id: flat.member('Ben') }, data: { removedAt: new Date() } });
	await run(theFirst(2));
	const listed = await schedules();
	expect(listed).toMatchObject([
		{ description: 'Internet', nextDate: endOf(2), stopped: null },
		{ description: 'Rent', nextDate: null, stopped: { reason: 'member_removed', params: { name: 'Ben' } } }
	]);
	const { items } = await ana.api.expenses.list.query({ groupId: flat.id });
	expect(items.filter(({ date }) => date === endOf(1))).toMatchObject([
		{ description: 'Internet', shares: [{ memberId: flat.member('Ana'), amount: 3000 }] }
	]);
});

test('an archived group rests', async () => {
	await ana.api.expenses.create.mutate(rent());
	await db.group.update({ where: { id: flat.id }, data: { archivedAt: new Date() } });
	await run(theFirst(2));
	expect(await dates()).toHaveLength(1);
	await db.group.update({ where: { id: flat.id }, data: { archivedAt: null } });
	await run(theFirst(2));
	expect(await dates()).toHaveLength(2);
});

test('an update lets it come again, changes how, and ends it', async () => {
	const date = january.replace('-31', '-10');
	const made = await ana.api.expenses.create.mutate(flat.expense({ date }));
	const again = (version: number, more: Partial<NewExpense>) =>
		ana.api.expenses.update.mutate({
			...flat.expense({ date }),
			...more,
			id: made.id,
			version
		});
	const second = await again(1, { schedule: { cadence: 'monthly' } });
	expect(second.scheduleId).not.toBeNull();
	expect(await again(2, { schedule: { cadence: 'monthly' } })).toMatchObject({ version: 2 });
	expect(await again(2, {})).toMatchObject({ version: 2, scheduleId: second.scheduleId });
	await run(addMonths(date, 1));
	await again(2, { schedule: { cadence: 'weekly' } });
	expect(await schedules()).toMatchObject([
		{ id: second.scheduleId, cadence: 'weekly', nextDate: addDays(date, 5 * 7) }
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
	await run(theFirst(11));
	expect(await dates()).toEqual([date, addMonths(date, 1)]);
});

test('it makes up for a year at most: what would begin further back is refused, in the person’s language', async () => {
	const daysBack = daysBetween(addMonths(today, -12), today);
	const daily = (days: number, cadence: 'weekly' | 'yearly' = 'weekly') =>
		ana.api.expenses.create.mutate(rent({ date: addDays(today, -days), schedule: { cadence } }));
	const tooOld = { code: 'INVALID', reason: 'schedule_too_old' };
	expect(await refusal(daily(daysBack + 8))).toMatchObject(tooOld);
	expect(await refusal(daily(20 * 366))).toMatchObject({
		message: expect.stringContaining('more than a year of expenses') as unknown
	});
	expect(await dates()).toEqual([]);
	// What counts is the first one that would be made.
	await daily(daysBack + 7);
	await daily(daysBack + 300, 'yearly');
	// An old expense can be changed as before, and come again only with a later date.
	const old = flat.expense({ date: addDays(today, -800) });
	const { id } = await ana.api.expenses.create.mutate(old);
	const again = { ...old, id, version: 1, schedule: { cadence: 'monthly' as const } };
	expect(await refusal(ana.api.expenses.update.mutate(again))).toMatchObject(tooOld);
	expect(await schedules()).toHaveLength(2);
	await ana.api.expenses.update.mutate({ ...again, date: today });
	expect(await schedules()).toHaveLength(3);
});

test('what has rested for years comes in slices, a job each: all of it, and each once', async () => {
	const { scheduleId } = await ana.api.expenses.create.mutate(rent({ schedule: { cadence: 'weekly' } }));
	const weeks = 3 * mostAtOnce + 20;
	const began = addDays(today, -7 * weeks);
	await db.expenseSchedule.update({
		where: { id: scheduleId! },
		data: { firstDate: began, nextDate: addDays(began, 7) }
	});
	const other = await makeGroup(app, [eve]);
	await eve.api.expenses.create.mutate(
		other.expense({ date: addMonths(today, -1), schedule: { cadence: 'weekly' } })
	);
	const made = () => db.expense.count({ where: { scheduleId, date: { lte: today } } });
	const promised = async () =>
		(await db.outbox.findMany({ where: { queue: 'expense-schedules' } })).map(({ id }) => id);
	// What making these has promised; this test has a job of its own.
	await db.outbox.deleteMany({ where: { queue: 'expense-schedules' } });
	const slices: number[] = [];
	let jobId: string | undefined = await inTx(db, (tx) => enqueue(tx, 'expense-schedules', {}));
	while (jobId) {
		const before = await made();
		await runSchedules(app, jobId);
		slices.push((await made()) - before);
		const left = await promised();
		expect(left.length).toBeLessThanOrEqual(1);
		// Once more, as when the process died before it could say that it was done: that promises nothing more.
		await runSchedules(app, jobId);
		expect(await promised()).toEqual(left);
		jobId = left[0];
	}
	expect(slices.slice(0, 2)).toEqual([mostAtOnce, mostAtOnce]);
	const found = await db.expense.findMany({ where: { scheduleId, date: { lte: today } } });
	const wanted = Array.from({ length: weeks }, (_, n) => occurrence(began, 'weekly', n + 1));
	expect(found.map(({ date }) => date).sort()).toEqual([...wanted, january].sort());
	// The other group did not have to wait for that.
	expect((await eve.api.expenses.list.query({ groupId: other.id })).items.length).toBeGreaterThanOrEqual(5);
});

test('the job is done when its row is gone', async () => {
	const jobId = await inTx(db, (tx) => enqueue(tx, 'expense-schedules', {}));
	await runSchedules(app, jobId, at(today));
	expect(await db.outbox.count({ where: { id: jobId } })).toBe(0);
});
