/** When budgets are looked at: after everything that moves spending, and by the clock. */
import { v7 } from 'uuid';
import { afterEach, expect, test } from 'vitest';
import { addDays } from '#lib/dates.ts';
import { today } from '#lib/i18n.ts';
import { checkBudgets } from '#server/budgets/check.ts';
import { inTx } from '#server/db/client.ts';
import { findMembership } from '#server/groups/membership.ts';
import { removeGroup } from '#server/groups/remove.ts';
import { enqueue } from '#server/outbox.ts';
import { runSchedules } from '#server/schedules/run.ts';
import { startTestApp } from '../../support/app.ts';
import { book, groceries, makeBudget, noonOf, type NewBudget } from '../../support/budgets.ts';
import { makeGroup } from '../../support/group.ts';
import { importStatement, rowsOf, transactionsOf, type Person } from '../../support/person.ts';
import { bookings, statement } from '../../support/statement.ts';

const quits = await startTestApp();
const { app } = quits;
const { db } = app;
const day = today();

/** A budget of 100.00 over everything that is not put into a category by hand. */
const everything = (more: Partial<NewBudget> = {}) => groceries({ name: 'All', categoryIds: [], ...more });
/** What was raised once nothing is left to do; with a minus what is below again. */
async function raised(budgetId: string): Promise<number[]> {
	await app.queue.idle();
	const alerts = await db.alert.findMany({ where: { budgetId }, orderBy: { threshold: 'asc' } });
	return alerts.map(({ threshold, passedAt }) => (passedAt ? -threshold : threshold));
}
const withBudget = async (more: Partial<NewBudget> = {}) => {
	const ana = await quits.meet('Ana');
	const { id } = await ana.api.budgets.create.mutate(everything(more));
	return { ana, id };
};
// Enough that the sign of what goes out is beyond doubt, and long ago.
const usual = bookings(10, { from: '2025-01-01' });
const shopping = (amount: number, name = 'statement.csv') =>
	statement([...usual, { date: day, text: 'Supermarket', amount }], name);

test('after an import, and after it is undone', async () => {
	const { ana, id } = await withBudget();
	const upload = await importStatement(ana, shopping(-8500));
	expect(await raised(id)).toEqual([50, 80]);
	expect(await ana.live.until('alert:raised')).toMatchObject({ budgetId: id, threshold: 80, percent: 85 });
	await ana.api.uploads.undo.mutate({ id: upload.id });
	expect(await raised(id)).toEqual([-50, -80]);
	await importStatement(ana, shopping(-8500));
	expect(await raised(id)).toEqual([50, 80]);
	expect(ana.live.all('alert:raised')).toHaveLength(1);
});

test('after rows are imported that were taken for duplicates', async () => {
	const { ana, id } = await withBudget();
	await importStatement(ana, shopping(-4000));
	const again = await importStatement(ana, shopping(-4000, 'again.csv'));
	expect(await raised(id)).toEqual([]);
	const lines = (await rowsOf(ana, again.id, 'duplicate')).map(({ line }) => line);
	await ana.api.uploads.importAnyway.mutate({ id: again.id, lines });
	expect(await raised(id)).toEqual([50, 80]);
});

test('after a category is changed, of one and of many', async () => {
	const { ana, id } = await withBudget({ categoryIds: ['books'] });
	await importStatement(ana, shopping(-8500));
	const shop = (await transactionsOf(ana))[0]!.id;
	await ana.api.transactions.setCategory.mutate({ id: shop, categoryId: 'books' });
	expect(await raised(id)).toEqual([50, 80]);
	await ana.api.transactions.setCategories.mutate({ ids: [shop], categoryId: 'groceries' });
	expect(await raised(id)).toEqual([-50, -80]);
});

test('when a budget is made or changed', async () => {
	const { ana } = await withBudget();
	await importStatement(ana, shopping(-8500));
	const { id } = await ana.api.budgets.create.mutate(everything({ name: 'Late' }));
	expect(await raised(id)).toEqual([50, 80]);
	await ana.api.budgets.update.mutate({ id, version: 1, amount: 8500 });
	expect(await raised(id)).toEqual([50, 80, 100]);
});

test('open pages of a person hear of each change once, and nobody else does', async () => {
	const [{ ana, id }, ben] = [await withBudget(), await quits.meet('Ben')];
	/** How often they have been told once all is done: what is sent afterwards arrives afterwards. */
	const told = async ({ id: userId, live }: Person): Promise<number> => {
		await app.queue.idle();
		const last = v7();
		app.live.toUser(userId, 'notification:new', { id: last, kind: 'alert_test', unread: 0 });
		await live.until('notification:new', ({ id }) => id === last);
		return live.all('budgets:changed').length;
	};
	const [shop] = await book(app, ana, [{ date: day, amount: -100 }]);
	let before = await told(ana);
	const { budgets, transactions } = ana.api;
	const changes = [
		() => transactions.setCategory.mutate({ id: shop!, categoryId: 'books' }),
		() => budgets.update.mutate({ id, version: 1, name: 'Everything' }),
		() => budgets.remove.mutate({ id }),
		() => budgets.restore.mutate({ id })
	];
	for (const change of changes) {
		await change();
		expect(await told(ana)).toBe(++before);
	}
	expect(await told(ben)).toBe(0);
});

test('after an expense is added, changed, removed, restored or imported', async () => {
	const [ana, ben] = [await quits.meet('Ana'), await quits.meet('Ben')];
	const flat = await makeGroup(app, [ana, ben]);
	const { id } = await ben.api.budgets.create.mutate(everything({ groupId: flat.id }));
	const dinner = flat.expense({ date: day, amount: 5000 });
	const { groupId: _, ...expense } = await ana.api.expenses.create.mutate(dinner);
	expect(await raised(id)).toEqual([50]);
	const payers = [{ memberId: flat.member('Ana'), amount: 4000 }];
	const change = { ...dinner, id: expense.id, version: 1, amount: 4000, payers };
	await ana.api.expenses.update.mutate(change);
	expect(await raised(id)).toEqual([-50]);
	await ana.api.expenses.update.mutate({ ...dinner, id: expense.id, version: 2 });
	expect(await raised(id)).toEqual([50]);
	await ana.api.expenses.remove.mutate({ id: expense.id });
	expect(await raised(id)).toEqual([-50]);
	await ana.api.expenses.restore.mutate({ id: expense.id });
	expect(await raised(id)).toEqual([50]);
	const text = `Date,Description,Category,Cost,Currency,Ana,Ben\n${day},Rent,Rent,50.00,EUR,25.00,-25.00\n`;
	await ana.api.expenses.import.mutate({ groupId: flat.id, text });
	expect(await raised(id)).toEqual([50, 80, 100]);
	for (const { live } of [ana, ben]) {
		await live.until('alert:raised', ({ threshold }) => threshold === 100);
		expect(live.all('alert:raised').map(({ threshold }) => threshold)).toEqual([50, 100]);
	}
});

test('after an expense comes again by itself', async () => {
	const ana = await quits.meet('Ana');
	const flat = await makeGroup(app, [ana]);
	const period = { kind: 'custom', days: 60 } as const;
	const { id } = await ana.api.budgets.create.mutate(everything({ groupId: flat.id, period }));
	await ana.api.expenses.create.mutate(
		flat.expense({ date: day, amount: 4900, schedule: { cadence: 'weekly' } })
	);
	expect(await raised(id)).toEqual([]);
	await runSchedules(app, v7(), noonOf(addDays(day, 28)));
	expect(await raised(id)).toEqual([50, 80, 100]);
});

test('after something in a group changes what one’s own share is', async () => {
	const [ana, ben] = [await quits.meet('Ana'), await quits.meet('Ben')];
	const flat = await makeGroup(app, [ana, ben]);
	const { id } = await ana.api.budgets.create.mutate(everything({ ownShare: true }));
	const [shop, back] = await book(app, ana, [
		{ date: day, amount: -8000 },
		{ date: day, amount: 4000 }
	]);
	const expense = await ana.api.expenses.create.mutate(
		flat.expense({ date: day, amount: 8000, transactionId: shop! })
	);
	// Half of it is Ben's, and what came in looks like a refund.
	expect(await raised(id)).toEqual([]);
	const settlement = await ana.api.settlements.create.mutate({
		...{ groupId: flat.id, from: flat.member('Ben'), to: flat.member('Ana'), currency: 'EUR', amount: 4000 },
		transactionId: back!
	});
	expect(await raised(id)).toEqual([]);
	await ana.api.expenses.remove.mutate({ id: expense.id });
	expect(await raised(id)).toEqual([50, 80]);
	await ana.api.settlements.remove.mutate({ id: settlement.id });
	expect(await raised(id)).toEqual([-50, -80]);
});

test('after a group is deleted: what was shared in it is one’s own again', async () => {
	const [ana, ben] = [await quits.meet('Ana'), await quits.meet('Ben')];
	const flat = await makeGroup(app, [ana, ben]);
	const { id } = await ana.api.budgets.create.mutate(everything({ ownShare: true }));
	await app.queue.idle(); // it was looked at when it was made
	const [shop] = await book(app, ana, [{ date: day, amount: -8000 }]);
	await ana.api.expenses.create.mutate(flat.expense({ date: day, amount: 8000, transactionId: shop! }));
	expect(await raised(id)).toEqual([]);
	await removeGroup(app, await findMembership(db, ana.id, flat.id));
	expect(await raised(id)).toEqual([50, 80]);
});

test('where there are no budgets nothing is promised', async () => {
	const ana = await quits.meet('Ana');
	const flat = await makeGroup(app, [ana]);
	await makeBudget(app, ana, { groupId: flat.id });
	await app.queue.idle();
	const promised: string[] = [];
	const watch = async (work: () => Promise<unknown>) => {
		await work();
		const rows = await db.outbox.findMany({ where: { queue: 'budget-check' } });
		promised.push(...rows.map(({ id }) => id));
	};
	await book(app, ana, [{ date: day, amount: -1 }]);
	const { id } = (await transactionsOf(ana))[0]!;
	await watch(() => ana.api.transactions.setCategory.mutate({ id, categoryId: 'books' }));
	const other = await makeGroup(app, [ana]);
	await watch(() => ana.api.expenses.create.mutate(other.expense()));
	expect(promised).toEqual([]);
});

/** Looks at all budgets as the schedule does. */
const look = (at: string) => checkBudgets(app, {}, v7(), new Date(at));
const checkedFor = async (id: string) => (await db.budget.findUniqueOrThrow({ where: { id } })).checkedFor;

afterEach(() => app.queue.idle());

test('by the clock: all of them once an hour, and each right after its period has begun', async () => {
	const [ana, ben] = [await quits.meet('Ana'), await quits.meet('Ben')];
	await db.user.update({ where: { id: ben.id }, data: { timeZone: 'Asia/Kathmandu' } });
	const mays = await Promise.all([ana, ben].map((who) => makeBudget(app, who, {}, noonOf('2026-05-10'))));
	const [hers, his] = mays.map(({ id }) => id) as [string, string];
	await app.queue.idle(); // they were looked at when they were made
	await db.budget.updateMany({ where: { id: { in: [hers, his] } }, data: { checkedFor: '2026-05-01' } });
	await book(app, ana, [{ date: '2026-05-10', amount: -9000 }]);
	await look('2026-05-31T10:16:00Z');
	expect(await raised(hers)).toEqual([]);
	await look('2026-05-31T11:01:00Z');
	expect(await raised(hers)).toEqual([50, 80]);

	// June begins in Kathmandu at a quarter past six in the evening; what was spent there on the 1st is there already.
	await book(app, ben, [{ date: '2026-06-01', amount: -6000 }]);
	await look('2026-05-31T18:14:59Z');
	expect([await checkedFor(his), await raised(his)]).toEqual(['2026-05-01', []]);
	await look('2026-05-31T18:16:00Z');
	expect([await checkedFor(his), await raised(his)]).toEqual(['2026-06-01', [50]]);
	expect(await checkedFor(hers)).toBe('2026-05-01');
	await look('2026-06-01T00:16:00Z');
	expect(await checkedFor(hers)).toBe('2026-06-01');
});

test('one that cannot be looked at does not keep the others waiting, and is tried again', async () => {
	const [ana, ben] = [await quits.meet('Ana'), await quits.meet('Ben')];
	const bad = await makeBudget(app, ana, {}, noonOf('2026-05-10'));
	const good = await makeBudget(app, ben, {}, noonOf('2026-05-10'));
	await app.queue.idle();
	// More than a sum can hold.
	const most = Number.MAX_SAFE_INTEGER;
	await book(
		app,
		ana,
		Array.from({ length: 1100 }, () => ({ date: '2026-05-11', amount: -most }))
	);
	await book(app, ben, [{ date: '2026-05-11', amount: -9000 }]);
	await expect(look('2026-05-12T00:01:00Z')).rejects.toThrow();
	expect(await raised(good.id)).toEqual([50, 80]);
	expect(await raised(bad.id)).toEqual([]);
	await db.transaction.deleteMany({ where: { userId: ana.id } });
	await look('2026-05-12T00:01:00Z');
});

test('a check that is done ends its job, and done again it changes nothing', async () => {
	const { ana, id } = await withBudget();
	await book(app, ana, [{ date: day, amount: -9000 }]);
	const jobs = await Promise.all(
		Array.from({ length: 5 }, () => inTx(db, (tx) => enqueue(tx, 'budget-check', { userId: ana.id })))
	);
	expect(await raised(id)).toEqual([50, 80]);
	for (const job of jobs) await checkBudgets(app, { userId: ana.id }, job);
	expect(await db.delivery.count({ where: { alert: { budgetId: id }, channel: 'screen' } })).toBe(1);
});

test('slices: with more budgets than are looked at at once, none is left out', async () => {
	const people: Person[] = [await quits.meet('Ana'), await quits.meet('Ben')];
	const made: string[] = [];
	for (const { id: userId } of people) {
		const rows = Array.from({ length: 600 }, (_, n) => ({
			...{ id: v7(), userId, name: `Budget ${n}`, categoryIds: ['groceries'], currency: 'EUR' },
			...{ amounts: [{ from: '2026-05-01', amount: 10_000 }], period: { kind: 'monthly', day: 1 } },
			...{ startDate: '2026-05-01', thresholds: n % 300 === 7 ? [50] : [100] }
		}));
		await db.budget.createMany({ data: rows });
		made.push(...rows.map(({ id }) => id));
		await book(app, { id: userId }, [{ date: '2026-05-10', amount: -6000 }]);
	}
	await look('2026-05-12T00:01:00Z');
	expect(await db.budget.count({ where: { id: { in: made.slice(0, 600) }, checkedFor: '2026-05-01' } })).toBe(
		600
	);
	expect(await db.alert.count({ where: { budget: { userId: { in: people.map(({ id }) => id) } } } })).toBe(4);
	await db.budget.deleteMany({ where: { userId: { in: people.map(({ id }) => id) } } });
});
